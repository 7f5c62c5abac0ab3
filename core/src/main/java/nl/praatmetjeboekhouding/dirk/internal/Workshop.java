package nl.praatmetjeboekhouding.dirk.internal;

import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.command.Task;
import nl.praatmetjeboekhouding.dirk.context.ContextCheck;

/**
 * What happens on this machine before anything is deployed.
 *
 * @param context the mandatory documents
 * @param label what the release is called; throws IllegalStateException, saying why, if it cannot
 *     be told
 */
public record Workshop(
    ContextCheck context, Optional<Task> test, Optional<Task> build, Supplier<String> label) {}
