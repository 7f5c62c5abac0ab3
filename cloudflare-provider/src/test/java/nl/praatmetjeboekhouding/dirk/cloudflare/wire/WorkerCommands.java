package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployNote;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployedWorker;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerProject;
import nl.praatmetjeboekhouding.dirk.cloudflare.Workers;
import nl.praatmetjeboekhouding.dirk.cloudflare.Wrangler;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/** What command lines say about whole Workers: which is meant, where it goes, that it goes away. */
final class WorkerCommands {

  private final CommandLine line;

  WorkerCommands(CommandLine line) {
    this.line = line;
  }

  /** The project as a build of Cloudflare asks for it, taking from others unless it is strict. */
  static WorkerProject guarded(
      WorkerProject project, Arguments arguments, Map<String, String> variables) {
    WorkerProject inBuild = project.inBuild(variables);
    return arguments.flag("strict").orElse(false)
        ? inBuild.takingDomains().strictly()
        : CommandLine.asWrangler(inBuild);
  }

  /** {@code wrangler deploy}, into a dispatch namespace if one is named. */
  static DeployedWorker deploy(
      Workers workers, WorkerProject project, Arguments arguments, DeployNote note) {
    Optional<String> namespace = arguments.text("dispatch-namespace");
    Wrangler wrangler = Wrangler.with(workers);
    return namespace.isPresent()
        ? wrangler.deployInto(namespace.get(), project, note, CommandLine.call())
        : wrangler.deploy(project, note, CommandLine.call());
  }

  /** {@code wrangler delete}, which answers its own questions with yes where nobody sits at it. */
  void delete(List<String> words) throws NotUnderstood {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(
                CommandLine.ALIASES, CommandLine.PROJECT, Set.of(), Set.of("force", "dry-run")));
    WorkerProject project = line.own(arguments);
    Optional<String> named = arguments.text("name").or(() -> arguments.rest().stream().findFirst());
    String worker = named.orElseGet(project::worker);
    if (arguments.flag("dry-run").orElse(false)) {
      return;
    }
    try (Workers workers = line.workers(project)) {
      Wrangler wrangler = Wrangler.with(workers);
      if (arguments.flag("force").orElse(false)) {
        List<String> unused = wrangler.deleteAlthoughUsed(worker, CommandLine.call());
        return;
      }
      try {
        List<String> unused = wrangler.delete(worker, CommandLine.call());
      } catch (ProviderException e) {
        if (e.kind() != FailureKind.CONFLICT) {
          throw e;
        }
        List<String> unused = wrangler.deleteAlthoughUsed(worker, CommandLine.call());
      }
    }
  }
}
