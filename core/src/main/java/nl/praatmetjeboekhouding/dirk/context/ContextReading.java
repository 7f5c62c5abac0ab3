package nl.praatmetjeboekhouding.dirk.context;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The mandatory documents as they are now.
 *
 * @param documents those that could be read, sorted by name
 * @param problems what is the matter with the others, sorted by name
 */
public record ContextReading(List<ContextDocument> documents, List<ContextProblem> problems) {

  /** Copies. */
  public ContextReading {
    documents = List.copyOf(documents);
    problems = List.copyOf(problems);
  }

  /** Says that all of {@link #documents} were read: to be handed back by who has read them. */
  public Acknowledgement acknowledgement() {
    return new Acknowledgement(
        documents.stream()
            .collect(Collectors.toMap(ContextDocument::name, ContextDocument::digest)));
  }
}
