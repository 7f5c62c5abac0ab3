package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {

  @ParameterizedTest
  @CsvSource({
    "*.map, a.map",
    "*.map, deep/a.MAP",
    "/a.txt, a.txt",
    "docs/x.txt, docs/x.txt",
    "**/x.txt, x.txt",
    "**/x.txt, a/b/x.txt",
    "/**/x.txt, a/x.txt",
    "a/**, a/b/c",
    "a/**/z, a/z",
    "a/**/z, a/b/c/z",
    "a?c, abc",
    "[ab].txt, b.txt",
    "[a-c].txt, b.txt",
    "\\#a, #a",
    "\\!a, !a",
    "'a\\ ', 'a '",
    "'a  ', a",
    "a\\*b, a*b",
    "*, any",
    "**, any/thing",
    "/*, top",
    "foo*, deep/foobar",
    "a.b+c(d){e}^$|, a.b+c(d){e}^$|",
    "ÜN*, ünï"
  })
  void leavesOutWhatMatches(String rule, String path) {
    assertThat(IgnoreRules.of(rule).ignoresFile(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "*.map, a.map.js",
    "/a.txt, b/a.txt",
    "docs/x.txt, a/docs/x.txt",
    "a?c, a/c",
    "a*c, a/c",
    "# a, a",
    "'   ', a",
    "[a, a",
    "[!a].txt, b.txt",
    "[c-a].txt, b.txt",
    "a/, a",
    "/*, top/deep",
    "a/**, a",
    "a\\, a",
    "foo, foobar"
  })
  void leavesTheOthersIn(String rule, String path) {
    assertThat(IgnoreRules.of(rule).ignoresFile(path)).isFalse();
  }

  @Test
  void takesOutFoldersByRulesThatEndWithASlash() {
    assertThat(IgnoreRules.of("drafts/").ignoresFolder("a/drafts")).isTrue();
    assertThat(IgnoreRules.of("drafts/").ignoresFile("a/drafts")).isFalse();
  }

  @Test
  void lastRuleDecides() {
    IgnoreRules rules = IgnoreRules.of().and("*.txt\r\n!keep.txt\n/sub/keep.txt\n");

    assertThat(rules.ignoresFile("a.txt")).isTrue();
    assertThat(rules.ignoresFile("keep.txt")).isFalse();
    assertThat(rules.ignoresFile("sub/keep.txt")).isTrue();
  }

  @Test
  void comesThroughNamesThatAreMeantToTakeLong() {
    assertThat(IgnoreRules.of("a*".repeat(20) + "b").ignoresFile("a".repeat(250))).isFalse();
  }
}
