package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;

/**
 * Finds the files of a folder. Links are followed as long as they stay in the folder: what lies
 * elsewhere is nobody's to publish. Used once.
 */
public final class AssetFolder {

  /** How many faults are told one by one. */
  private static final int TOLD = 20;

  /** A folder that is still to be looked through. */
  private record Open(String path, Path folder, List<Path> above) {}

  private final Path root;
  private final Ignored ignored;
  private final AssetLimits limits;
  private final List<AssetFile> files = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private int untold;

  private AssetFolder(Path root, Ignored ignored, AssetLimits limits) {
    this.root = root;
    this.ignored = ignored;
    this.limits = limits;
  }

  /**
   * All files of a folder but those that are left out, by path. Reads none of them.
   *
   * @throws ConfigurationException with the names of all files that cannot be taken, and if there
   *     are too many
   */
  public static List<AssetFile> files(Path folder, Ignored ignored, AssetLimits limits) {
    try {
      return new AssetFolder(folder.toRealPath(), ignored, limits).find();
    } catch (IOException e) {
      throw new ConfigurationException(folder.toString(), "cannot be read: " + e);
    }
  }

  private List<AssetFile> find() throws IOException {
    open.add(new Open("", root, List.of(root)));
    while (!open.isEmpty()) {
      look(open.removeFirst());
    }
    if (files.size() > limits.files()) {
      fault(
          root.toString(),
          "holds "
              + files.size()
              + " files, and Cloudflare takes at most "
              + limits.files()
              + "; is it the folder that was built?");
    }
    if (!faults.isEmpty()) {
      if (untold > 0) {
        faults.add(Fault.of(root.toString(), untold + " more files cannot be taken"));
      }
      throw new ConfigurationException(faults);
    }
    files.sort(Comparator.comparing(AssetFile::path));
    return List.copyOf(files);
  }

  private void look(Open place) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place.folder())) {
      for (Path entry : entries) {
        look(place, entry);
      }
    } catch (IOException e) {
      fault(place.folder().toString(), "cannot be read: " + e);
    } catch (DirectoryIteratorException e) {
      fault(place.folder().toString(), "cannot be read: " + e.getCause());
    }
  }

  private void look(Open place, Path entry) {
    Optional<String> name = name(entry);
    if (name.isEmpty()) {
      fault(
          entry.toString(),
          "has a name that is not UTF-8, so that nobody could ask for it; rename it");
      return;
    }
    String path = place.path() + name.get();
    boolean folder = Files.isDirectory(entry);
    if (folder ? ignored.ignoresFolder(path) : ignored.ignoresFile(path)) {
      return;
    }
    try {
      BasicFileAttributes read = Files.readAttributes(entry, BasicFileAttributes.class);
      if (folder) {
        lookInto(place, entry, path);
      } else if (!read.isRegularFile()) {
        fault(entry.toString(), "is no file that could be uploaded; take it out of the folder");
      } else if (isWithin(entry)) {
        take(new AssetFile(path, entry, read.size()));
      }
    } catch (IOException e) {
      fault(entry.toString(), "cannot be read, or leads nowhere: " + e);
    }
  }

  private void lookInto(Open place, Path entry, String path) throws IOException {
    if (!isWithin(entry)) {
      return;
    }
    Path real = Files.isSymbolicLink(entry) ? entry.toRealPath() : entry;
    Path there = real.toRealPath();
    if (place.above().contains(there)) {
      fault(entry.toString(), "leads back to a folder that it is in; take it out of the folder");
      return;
    }
    List<Path> above = new ArrayList<>(place.above());
    above.add(there);
    open.add(new Open(path + "/", entry, above));
  }

  private boolean isWithin(Path entry) throws IOException {
    if (Files.isSymbolicLink(entry) && !entry.toRealPath().startsWith(root)) {
      fault(
          entry.toString(),
          "is a link that leads out of the folder of assets, and what is there is not published;"
              + " copy it, or ignore it");
      return false;
    }
    return true;
  }

  private void take(AssetFile file) {
    if (file.size() > limits.bytes()) {
      fault(
          file.file().toString(),
          "has "
              + file.size()
              + " bytes, and Cloudflare takes at most "
              + limits.bytes()
              + " in a file; make it smaller, or ignore it");
      return;
    }
    files.add(file);
  }

  private void fault(String source, String message) {
    if (faults.size() < TOLD) {
      faults.add(Fault.of(source, message));
    } else {
      untold++;
    }
  }

  /** The name in whatever language the machine was set up for, or empty if it is not UTF-8. */
  private static Optional<String> name(Path entry) {
    String shown = String.valueOf(entry.getFileName());
    if (shown.chars().allMatch(sign -> sign < 128)) {
      return Optional.of(shown);
    }
    String encoded = entry.toUri().getRawPath().replaceFirst("/+$", "");
    try {
      return Optional.of(decoded(encoded.substring(encoded.lastIndexOf('/') + 1)));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String decoded(String encoded) throws CharacterCodingException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int at = 0; at < encoded.length(); at++) {
      if (encoded.charAt(at) == '%') {
        bytes.write(Integer.parseInt(encoded, at + 1, at + 3, 16));
        at += 2;
      } else {
        bytes.write(encoded.charAt(at));
      }
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }
}
