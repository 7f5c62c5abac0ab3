package nl.praatmetjeboekhouding.dirk.examples.symlink;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;

/** What a project deploys: the files of a folder. */
record Content(Path folder) {

  /** All of them, by name; links are left out. */
  List<ContentFile> files() throws IOException {
    List<ContentFile> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.sorted().toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          files.add(ContentFile.of(name(file), file));
        }
      }
    }
    return files;
  }

  private String name(Path file) throws IOException {
    String name = folder.relativize(file).toString();
    if (File.separatorChar == '/' && name.indexOf('\\') >= 0) {
      throw new IOException("a name with a backslash cannot be deployed: " + name);
    }
    return name.replace(File.separatorChar, '/');
  }
}
