package nl.praatmetjeboekhouding.dirk.internal;

import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;

/** What a runbook works with. */
public record Service(
    String name,
    Deployer deployer,
    HealthProbe probe,
    Optional<Stage> staging,
    Stage production,
    List<String> notes) {}
