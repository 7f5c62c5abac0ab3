package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Something for which a deploy may not go to production, or not without somebody's word. It only
 * reads.
 */
interface Gate {

  /**
   * What a gate is asked.
   *
   * @param release what is to be deployed
   * @param at now
   * @param calls what goes with each call to a provider
   */
  record Question(Release release, Instant at, Supplier<CallContext> calls) {}

  /** What it is called in reports. */
  String name();

  /** What it goes by, without what it finds: a plan's hash stands for this. */
  String rule();

  /** The names by which a deploy can be excepted from it as things stand. */
  List<String> exceptions();

  /** What it says now. */
  Answer ask(Question question);
}
