package nl.praatmetjeboekhouding.dirk.spi;

/** Makes the {@link HealthProbe} of one service. */
public interface HealthProbeProvider extends Provider<HealthProbe> {}
