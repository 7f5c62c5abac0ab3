package nl.praatmetjeboekhouding.dirk.context;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.context.ContextProblem.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents are those of the company that Dirk was made for. */
final class ContextCheckTest {

  private static final String ACCESS = "docs/knowledge/KENNIS-TOEGANG.md";
  private static final String VERSION = "docs/knowledge/backend/VERSION.md";
  private static final String LESSONS = "docs/knowledge/backend/LESSONS-LEARNED.md";
  private static final String SCRAPED = "docs/knowledge/backend/scraped";
  private static final String EXACT = SCRAPED + "/exact-online.md";
  private static final String STRIPE = SCRAPED + "/payments/stripe.md";

  @TempDir private Path folder;
  private Path root;
  private Path outside;
  private ContextRules rules;

  @BeforeEach
  void writeDocuments() throws IOException {
    root = Files.createDirectory(folder.resolve("project"));
    outside = Files.createDirectory(folder.resolve("outside"));
    rules = ContextRules.of(root, List.of(ACCESS, VERSION, LESSONS), List.of(SCRAPED + "/"));
    for (String name : List.of(ACCESS, VERSION, LESSONS, EXACT, STRIPE)) {
      write(name, "about " + name);
    }
  }

  @Test
  void readsEveryDocumentAndStopsNobodyWhoReadThem() {
    ContextReading reading = read();

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.documents())
        .extracting(ContextDocument::name)
        .containsExactly(ACCESS, LESSONS, VERSION, EXACT, STRIPE);
    assertThat(reading.documents().get(0).text()).isEqualTo("about " + ACCESS);
    assertThat(reading.documents().get(0).digest()).isEqualTo(Digest.of("about " + ACCESS));
    assertThat(verify(reading.acknowledgement())).isEmpty();
  }

  @Test
  void stopsWhoReadNothing() {
    assertThat(verify(Acknowledgement.none()))
        .extracting(ContextProblem::toString)
        .containsExactly(
            ACCESS + ": nobody said to have read it: read it first",
            LESSONS + ": nobody said to have read it: read it first",
            VERSION + ": nobody said to have read it: read it first",
            EXACT + ": nobody said to have read it: read it first",
            STRIPE + ": nobody said to have read it: read it first");
  }

  @Test
  void stopsNobodyWhereNothingIsMandatory() {
    assertThat(ContextCheck.none().verify(Acknowledgement.none())).isEmpty();
    assertThat(ContextCheck.none().read().documents()).isEmpty();
  }

  @Test
  void namesWhatWasChangedAddedAndRemovedSinceItWasRead() throws IOException {
    Acknowledgement read = read().acknowledgement();
    write(VERSION, "0.2.2");
    write(SCRAPED + "/resend.md", "new");
    Files.delete(root.resolve(STRIPE));

    assertThat(verify(read))
        .extracting(ContextProblem::document, ContextProblem::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(VERSION, Kind.CHANGED),
            org.assertj.core.groups.Tuple.tuple(STRIPE, Kind.REMOVED),
            org.assertj.core.groups.Tuple.tuple(SCRAPED + "/resend.md", Kind.ADDED));
  }

  @Test
  void noticesAChangeThatKeepsSizeAndTime() throws IOException {
    Acknowledgement read = read().acknowledgement();
    var time = Files.getLastModifiedTime(root.resolve(VERSION));
    write(VERSION, ("about " + VERSION).replace('a', 'b'));
    Files.setLastModifiedTime(root.resolve(VERSION), time);

    assertThat(verify(read)).extracting(ContextProblem::kind).containsExactly(Kind.CHANGED);
  }

  @Test
  void doesNotTakeADigestOfAnotherDocument() {
    Map<String, Digest> read = read().acknowledgement().documents();
    Digest version = requireNonNull(read.get(VERSION));

    List<ContextProblem> problems =
        verify(
            new Acknowledgement(
                Map.of(
                    ACCESS, version, VERSION, version, LESSONS, version, EXACT, version, STRIPE,
                    version)));

    assertThat(problems).hasSize(4).noneMatch(problem -> problem.document().equals(VERSION));
  }

  @Test
  void namesAFileThatIsMissing() throws IOException {
    Files.delete(root.resolve(VERSION));

    assertProblem(VERSION, Kind.MISSING, "is missing");
  }

  @Test
  void pointsToANameOfAnotherCase() throws IOException {
    Files.move(root.resolve(VERSION), root.resolve("docs/knowledge/backend/version.md"));

    assertProblem(
        VERSION, Kind.MISSING, "is missing; there is version.md, but the case of letters counts");
  }

  @Test
  void namesAFolderThatIsMissing() {
    rules = ContextRules.of(root, List.of(), List.of("docs/gone"));

    assertProblem("docs/gone", Kind.MISSING, "is missing");
  }

  @Test
  void saysThatTheRootIsNotThere() {
    rules = ContextRules.of(root.resolve("gone"), List.of(VERSION), List.of());

    assertProblem(VERSION, Kind.MISSING, "is missing, as is the folder " + root.resolve("gone"));
  }

  @Test
  void refusesAFolderWithoutADocument() throws IOException {
    Files.createDirectories(root.resolve("docs/empty/below"));
    write("docs/empty/.gitkeep", "");
    rules = ContextRules.of(root, List.of(), List.of("docs/empty"));

    assertProblem("docs/empty", Kind.EMPTY, "there is no document in this folder");
  }

  @Test
  void takesNothingThatBeginsWithADotForADocument() throws IOException {
    write(SCRAPED + "/.DS_Store", "a");
    write(SCRAPED + "/.git/HEAD", "b");

    assertThat(read().documents()).hasSize(5);
  }

  @Test
  void readsADocumentThatIsNamedAlthoughItBeginsWithADot() throws IOException {
    write(".rules", "always");
    rules = ContextRules.of(root, List.of(".rules"), List.of());

    assertThat(read().documents()).extracting(ContextDocument::name).containsExactly(".rules");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t\r\n", "\uFEFF", "\uFEFF\n\u00A0\u2003\u200B", "\u0000\u0000"})
  void refusesADocumentWithNothingToBeSeen(String content) throws IOException {
    write(VERSION, content);

    assertProblem(VERSION, Kind.EMPTY, "there is nothing in it");
  }

  @Test
  void readsWhatIsNotUtf8AsGoodAsItCan() throws IOException {
    byte[] latin = "Kennis: caf\u00E9".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(root.resolve(VERSION), latin);

    ContextDocument document =
        read().documents().stream()
            .filter(one -> one.name().equals(VERSION))
            .findFirst()
            .orElseThrow();

    assertThat(document.text()).isEqualTo("Kennis: caf\uFFFD");
    assertThat(document.digest()).isEqualTo(Digest.of(latin));
  }

  @Test
  void refusesADocumentThatIsTooLarge() throws IOException {
    rules = rules.withFileLimit(100);
    write(ACCESS, "x".repeat(100));
    write(VERSION, "x".repeat(101));

    assertProblem(VERSION, Kind.TOO_LARGE, "is larger than 100 bytes");
  }

  @Test
  void readsNoneOfADocumentThatIsMuchTooLarge() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(root.resolve(VERSION).toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }

    assertProblem(VERSION, Kind.TOO_LARGE, "is larger than 1048576 bytes");
  }

  @Test
  void refusesDocumentsThatAreTooLargeTogether() throws IOException {
    rules = ContextRules.of(root, List.of(), List.of(SCRAPED));
    write(EXACT, "x".repeat(99));

    ContextReading reading = new DocumentReader(rules, 100, 10).read();

    assertThat(reading.problems())
        .extracting(ContextProblem::toString)
        .containsExactly(STRIPE + ": makes all documents together larger than 100 bytes");
  }

  @Test
  void refusesAFolderOfTooManyFiles() throws IOException {
    for (int number = 0; number < 10; number++) {
      write(SCRAPED + "/payments/" + number, "x");
    }

    ContextReading reading = new DocumentReader(rules, 10_000, 10).read();

    assertThat(reading.problems())
        .extracting(ContextProblem::toString)
        .containsExactly(SCRAPED + ": holds more than 10 files and folders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.md", "docs/../../secret.md", "/etc/passwd", "docs/.."})
  void refusesANameThatLeadsOut(String name) {
    rules = ContextRules.of(root, List.of(name), List.of());

    assertThat(read().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.OUTSIDE));
  }

  @Test
  void refusesAFileThatIsALinkOutOfTheRoot() throws IOException {
    Path secret = Files.writeString(outside.resolve("secret.md"), "secret");
    link(VERSION, secret);

    assertProblem(VERSION, Kind.OUTSIDE, "a link on the way leads out of " + root);
    assertThat(read().documents()).noneMatch(document -> document.text().contains("secret"));
  }

  @Test
  void refusesAFileBehindAFolderThatIsALinkOutOfTheRoot() throws IOException {
    Files.writeString(outside.resolve("VERSION.md"), "secret");
    rules = ContextRules.of(root, List.of("linked/VERSION.md"), List.of());
    link("linked", outside);

    assertProblem("linked/VERSION.md", Kind.OUTSIDE, "a link on the way leads out of");
  }

  @Test
  void listsNothingBehindALinkOutOfTheRoot() throws IOException {
    Files.writeString(outside.resolve("secret.md"), "secret");
    link(SCRAPED + "/out", outside);

    assertProblem(SCRAPED + "/out", Kind.OUTSIDE, "a link on the way leads out of " + root);
    assertThat(read().documents()).hasSize(5);
  }

  @Test
  void refusesAFolderThatIsItselfALinkOutOfTheRoot() throws IOException {
    rules = ContextRules.of(root, List.of(), List.of("linked"));
    link("linked", outside);

    assertProblem("linked", Kind.OUTSIDE, "a link on the way leads out of");
  }

  @Test
  void doesNotTakeASiblingOfTheSameBeginningForTheRoot() throws IOException {
    Path sibling = Files.createDirectories(root.resolve("docs-private"));
    Files.writeString(sibling.resolve("a.md"), "secret");
    rules = ContextRules.of(root.resolve("docs"), List.of("a.md"), List.of());
    link("docs/a.md", sibling.resolve("a.md"));

    assertProblem("a.md", Kind.OUTSIDE, "a link on the way leads out of");
  }

  @Test
  void followsLinksThatStayInTheRoot() throws IOException {
    link("docs/LATEST.md", root.resolve(VERSION));
    link(SCRAPED + "/backend", root.resolve("docs/knowledge/backend"));
    rules = ContextRules.of(root, List.of("docs/LATEST.md"), List.of(SCRAPED));

    assertThat(read().problems()).isEmpty();
    assertThat(read().documents())
        .extracting(ContextDocument::name)
        .containsExactly(
            "docs/LATEST.md",
            SCRAPED + "/backend/LESSONS-LEARNED.md",
            SCRAPED + "/backend/VERSION.md",
            EXACT,
            STRIPE);
  }

  @Test
  void comesBackFromLinksThatLeadInACircle() throws IOException {
    link(SCRAPED + "/round", root.resolve(SCRAPED));
    link(SCRAPED + "/payments/up", root.resolve(SCRAPED));

    assertThat(read().problems()).isEmpty();
    assertThat(read().documents()).hasSize(5);
  }

  @Test
  void refusesALinkThatLeadsToItself() throws IOException {
    link(VERSION, root.resolve(VERSION));

    assertProblem(VERSION, Kind.UNREADABLE, "cannot be followed");
  }

  @Test
  void namesALinkThatLeadsNowhere() throws IOException {
    link(VERSION, root.resolve("gone.md"));
    link(SCRAPED + "/gone", root.resolve("gone"));

    assertThat(read().problems())
        .extracting(ContextProblem::toString)
        .containsExactly(
            VERSION + ": is a link to something that is not there",
            SCRAPED + "/gone: is a link to something that is not there");
  }

  @Test
  void readsARootThatIsItselfALink() throws IOException {
    Path link = Files.createSymbolicLink(outside.resolve("link"), root);
    rules = ContextRules.of(link, rules.files(), rules.folders());

    assertThat(read().problems()).isEmpty();
    assertThat(verify(read().acknowledgement())).isEmpty();
  }

  @Test
  void refusesAFolderInPlaceOfAFile() throws IOException {
    Files.delete(root.resolve(VERSION));
    Files.createDirectory(root.resolve(VERSION));

    assertProblem(VERSION, Kind.UNREADABLE, "is not a file");
  }

  @Test
  void refusesAFileInPlaceOfAFolder() {
    rules = ContextRules.of(root, List.of(), List.of(VERSION));

    assertProblem(VERSION, Kind.UNREADABLE, "is a file, but must be a folder");
  }

  @Test
  void isNotHeldUpByPipes() throws Exception {
    pipe(VERSION);
    pipe(SCRAPED + "/pipe");

    List<ContextProblem> problems =
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> read().problems());

    assertThat(problems)
        .extracting(ContextProblem::toString)
        .containsExactly(VERSION + ": is not a file", SCRAPED + "/pipe: is not a file");
  }

  @Test
  void namesWhatMayNotBeRead() {
    assertThat(root.resolve(VERSION).toFile().setReadable(false)).isTrue();
    assumeFalse(Files.isReadable(root.resolve(VERSION)), "this user may read everything");

    assertProblem(VERSION, Kind.UNREADABLE, "may not be read by this user");
  }

  @Test
  void namesAFolderThatMayNotBeListed() {
    assertThat(root.resolve(SCRAPED).toFile().setReadable(false)).isTrue();
    assumeFalse(Files.isReadable(root.resolve(SCRAPED)), "this user may read everything");

    assertProblem(SCRAPED, Kind.UNREADABLE, "cannot be listed by this user");
  }

  @Test
  void tellsANameWithALineFeedOnOneLine() throws IOException {
    write(SCRAPED + "/a\nb.md", "x");

    assertThat(verify(Acknowledgement.none()))
        .extracting(ContextProblem::toString)
        .contains(SCRAPED + "/a?b.md: nobody said to have read it: read it first");
  }

  @Test
  void keepsABackslashInANameApartFromASlash() throws IOException {
    write(SCRAPED + "/a\\b.md", "x");

    assertThat(read().problems()).isEmpty();
    assertThat(verify(read().acknowledgement())).isEmpty();
  }

  @Test
  void refusesANameThatIsNotText() throws Exception {
    String raw = "printf x > \"$(printf 'a\\377b.md')\"";
    Process shell =
        new ProcessBuilder("sh", "-c", raw).directory(root.resolve(SCRAPED).toFile()).start();
    assertThat(shell.waitFor()).isZero();

    assertThat(read().problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message())
                    .isEqualTo("has a name that this machine cannot write; rename it"));
  }

  @Test
  void readsARootWhole() throws IOException {
    Path small = Files.createDirectories(root.resolve("small"));
    Files.writeString(small.resolve("a.md"), "a");
    rules = ContextRules.of(small, List.of(), List.of("."));

    assertThat(read().documents()).extracting(ContextDocument::name).containsExactly("a.md");
    Files.delete(small.resolve("a.md"));
    Files.writeString(small.resolve("b.md"), "b");
    assertThat(verify(new Acknowledgement(Map.of("a.md", Digest.of("a")))))
        .extracting(ContextProblem::kind)
        .containsExactly(Kind.REMOVED, Kind.ADDED);
  }

  @Test
  void refusesRulesThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContextRules.of(Path.of("docs"), List.of("a"), List.of()))
        .withMessageContaining("root must be absolute");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContextRules.of(root, List.of(" "), List.of()))
        .withMessageContaining("must be named");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules.withFileLimit(0))
        .withMessageContaining("fileLimit must be from 1 to");
  }

  private ContextReading read() {
    return ContextCheck.of(rules).read();
  }

  private List<ContextProblem> verify(Acknowledgement acknowledgement) {
    return ContextCheck.of(rules).verify(acknowledgement);
  }

  /** The only problem, told also to who read all of the documents that there are. */
  private void assertProblem(String document, Kind kind, String message) {
    assertThat(verify(read().acknowledgement()))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.document()).isEqualTo(document);
              assertThat(problem.kind()).isEqualTo(kind);
              assertThat(problem.message()).startsWith(message);
            });
  }

  private void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, content);
  }

  private void link(String name, Path target) throws IOException {
    Files.deleteIfExists(root.resolve(name));
    Files.createSymbolicLink(root.resolve(name), target);
  }

  private void pipe(String name) throws Exception {
    Files.deleteIfExists(root.resolve(name));
    Process made = new ProcessBuilder("mkfifo", root.resolve(name).toString()).start();
    assertThat(made.waitFor()).isZero();
  }
}
