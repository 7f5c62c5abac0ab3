package nl.praatmetjeboekhouding.dirk.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.command.Task;

/**
 * What happens on this machine before anything is deployed.
 *
 * @param context what is wrong with the mandatory documents, by name; empty if nothing is
 * @param label what the release is called; throws IllegalStateException, saying why, if it cannot
 *     be told
 */
public record Workshop(
    Supplier<List<String>> context,
    Optional<Task> test,
    Optional<Task> build,
    Supplier<String> label) {}
