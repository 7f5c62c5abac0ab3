package nl.praatmetjeboekhouding.dirk.proof;

import java.util.List;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/** Something that Dirk promises, and how it is tried. */
public interface ProofPart {

  /** Tries it: a line for each thing that was tried. */
  List<ProofFile.Line> prove() throws Exception;
}
