package nl.praatmetjeboekhouding.dirk.spi;

/** Makes the {@link AlertSource} of one service. */
public interface AlertSourceProvider extends Provider<AlertSource> {}
