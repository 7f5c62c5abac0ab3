package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.run.GateReport.Verdict;

/**
 * What all gates said at one time.
 *
 * @param answers in the order in which they were asked
 * @param plan the hash of the plan that needs an approval; empty if none was made for that
 */
record Asked(List<Answer> answers, Optional<Digest> plan) {

  static final Form<Asked> FORM =
      Forms.form(
          asked -> {
            ObjectNode node = Forms.object();
            node.set("answers", Forms.list(Answer.FORM).write(asked.answers()));
            asked.plan().ifPresent(hash -> node.put("plan", hash.hex()));
            return node;
          },
          node ->
              new Asked(
                  Forms.list(Answer.FORM).read(node.path("answers")),
                  Forms.text(node, "plan").map(Digest::new)));

  Asked {
    answers = List.copyOf(answers);
  }

  List<Answer> that(Verdict verdict) {
    return answers.stream().filter(answer -> answer.is(verdict)).toList();
  }

  /** What those of a verdict saw, one after the other. */
  String accounts(Verdict verdict) {
    return that(verdict).stream().map(Answer::account).collect(Collectors.joining("; "));
  }

  /** What stands in the way, for people; otherwise that nothing does. */
  Decided<Asked> decided() {
    String told =
        Stream.of(Verdict.BLOCKS, Verdict.NEEDS_APPROVAL, Verdict.EXCEPTED)
            .map(this::accounts)
            .filter(accounts -> !accounts.isEmpty())
            .collect(Collectors.joining("; "));
    return new Decided<>(
        this, !that(Verdict.BLOCKS).isEmpty(), told.isEmpty() ? "nothing stands in the way" : told);
  }
}
