package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;
import org.junit.jupiter.api.Test;

/** How files are shared out over requests. */
class PagesBucketsTest {

  private static final long MEBIBYTE = 1024 * 1024;

  @Test
  void holdsNoMoreThanTwoThousandFilesInARequest() {
    assertThat(sizes(IntStream.range(0, 6000).mapToObj(any -> file(1))))
        .containsExactly(2000, 2000, 2000);
    assertThat(sizes(IntStream.range(0, 6001).mapToObj(any -> file(1))))
        .containsExactly(2000, 2000, 2000, 1);
  }

  @Test
  void holdsNoMoreThanFortyMebibytesInARequest() {
    assertThat(sizes(Stream.generate(() -> file(20 * MEBIBYTE)).limit(6))).containsExactly(2, 2, 2);
    assertThat(sizes(Stream.generate(() -> file(20 * MEBIBYTE + 1)).limit(6)))
        .containsExactly(1, 1, 1, 1, 1, 1);
  }

  @Test
  void beginsWithTheLargestAndGoesRound() {
    List<List<Asset>> buckets =
        PagesBuckets.of(Stream.of(1L, 5L, 2L, 4L, 3L).map(PagesBucketsTest::file).toList());

    assertThat(buckets.stream().map(bucket -> bucket.stream().map(Asset::size).toList()))
        .containsExactly(List.of(5L, 2L), List.of(4L, 1L), List.of(3L));
  }

  @Test
  void areNoneWhereThereIsNothing() {
    assertThat(PagesBuckets.of(List.of())).isEmpty();
  }

  private static List<Integer> sizes(Stream<Asset> files) {
    return PagesBuckets.of(files.toList()).stream().map(List::size).toList();
  }

  private static Asset file(long size) {
    return new Asset("a.txt", size, "hash", InputStream::nullInputStream);
  }
}
