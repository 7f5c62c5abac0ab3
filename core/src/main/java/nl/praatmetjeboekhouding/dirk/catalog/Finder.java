package nl.praatmetjeboekhouding.dirk.catalog;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.spi.Provider;
import nl.praatmetjeboekhouding.dirk.spi.Spi;

/** Walks a service loader to its end, whatever is broken on the way. */
final class Finder<T> {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** How a service loader tells a class and what is the matter with it. */
  private static final Pattern TOLD =
      Pattern.compile("ServiceConfigurationError: [\\w.]+: (?:Provider )?([\\w.$]+) (.+)");

  /** More broken entries than this are a loader that fails for ever, not a class path. */
  private static final int MOST_BROKEN = 100;

  private final List<Found<T>> found = new ArrayList<>();
  private final List<Broken> broken = new ArrayList<>();

  <P extends Provider<T>> void walk(Class<P> kind, ClassLoader loader) {
    Iterator<ServiceLoader.Provider<P>> entries =
        ServiceLoader.load(kind, loader).stream().iterator();
    while (broken.size() < MOST_BROKEN) {
      try {
        if (!entries.hasNext()) {
          return;
        }
        add(entries.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        broken.add(unloadable(kind, e));
      }
    }
  }

  /** The loader tells the class within its message, if it knows it. */
  private static Broken unloadable(Class<?> kind, Error thrown) {
    String reason = Reason.of(thrown);
    Matcher told = TOLD.matcher(reason);
    return told.matches()
        ? new Broken(told.group(1), told.group(2))
        : new Broken("an entry for " + kind.getSimpleName(), reason);
  }

  List<Found<T>> found() {
    return found;
  }

  List<Broken> broken() {
    return broken;
  }

  @SuppressWarnings("ThrowSpecificity")
  private <P extends Provider<T>> void add(ServiceLoader.Provider<P> entry) {
    String name = entry.type().getName();
    try {
      found.add(checked(entry.get()));
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      broken.add(new Broken(name, Reason.of(e)));
    }
  }

  static <T> Found<T> checked(Provider<T> provider) {
    String id = provider.id();
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "its id must be lower-case letters, digits and hyphens: " + Reason.oneLine("" + id));
    }
    int level = provider.spiLevel();
    if (level < 1 || level > Spi.LEVEL) {
      throw new IllegalArgumentException(
          "it was compiled against level "
              + level
              + " of the provider interfaces, but this Dirk knows 1 to "
              + Spi.LEVEL);
    }
    return new Found<>(id, provider);
  }
}
