package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetHash;

/**
 * How fast files are hashed as assets, by Dirk and by the code that wrangler does it with.
 *
 * @param megabytes how much there was
 */
record HashSpeed(double megabytes, double wranglerSeconds, double dirkSeconds) {

  private static final int FILES = 10_000;
  private static final int BYTES = 8 * 1024;
  private static final int PASSES = 3;

  /** Prints the seconds of each pass, and the hash of the last file. */
  private static final String SCRIPT =
      """
      const { hash } = require("blake3-wasm");
      const fs = require("node:fs");
      const [folder, files, passes] = process.argv.slice(1);
      let last = "";
      for (let pass = 0; pass < passes; pass++) {
        const began = performance.now();
        for (let file = 0; file < files; file++) {
          const text = fs.readFileSync(`${folder}/f${file}.txt`).toString("base64") + "txt";
          last = hash(text).toString("hex").slice(0, 32);
        }
        console.log((performance.now() - began) / 1000);
      }
      console.log(last);
      """;

  static HashSpeed measure(InstalledWrangler wrangler, Path scratch) throws IOException {
    System.out.println("hashing " + FILES + " files ...");
    Path folder = Files.createDirectories(scratch.resolve("hashed"));
    byte[] content = new byte[BYTES];
    for (int file = 0; file < FILES; file++) {
      Arrays.fill(content, (byte) file);
      Files.write(folder.resolve("f" + file + ".txt"), content);
    }
    Tool.Ended ended =
        Tool.runAlone(
            wrangler.home(),
            Map.of(),
            List.of(wrangler.node(), "-e", SCRIPT, folder.toString(), "" + FILES, "" + PASSES));
    List<String> lines = ended.output().lines().toList();
    List<Double> seconds = new ArrayList<>();
    String last = "";
    for (int pass = 0; pass < PASSES; pass++) {
      long began = System.nanoTime();
      List<String> hashes =
          IntStream.range(0, FILES).parallel().mapToObj(file -> hash(folder, file)).toList();
      last = hashes.get(FILES - 1);
      seconds.add((System.nanoTime() - began) / 1e9);
    }
    if (lines.size() != PASSES + 1 || !lines.get(PASSES).equals(last)) {
      throw new IOException("wrangler hashes otherwise: " + ended.output());
    }
    return new HashSpeed(
        (double) FILES * BYTES / 1e6,
        lines.stream().limit(PASSES).mapToDouble(Double::parseDouble).min().orElseThrow(),
        seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow());
  }

  private static String hash(Path folder, int file) {
    String name = "f" + file + ".txt";
    try {
      return AssetHash.of(name, folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double faster() {
    return wranglerSeconds / dirkSeconds;
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        "%d files of %d bytes hashed: wrangler %.0f MB/s, Dirk %.0f MB/s (%.1f x)",
        FILES,
        BYTES,
        megabytes / wranglerSeconds,
        megabytes / dirkSeconds,
        faster());
  }
}
