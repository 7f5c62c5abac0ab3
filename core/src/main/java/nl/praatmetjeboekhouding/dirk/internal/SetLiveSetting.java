package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;

/** Makes one live setting be as given; sent twice it is as if sent once. */
record SetLiveSetting(LiveSettings settings, Target target, LiveSetting setting)
    implements Effect<LiveSetting> {

  @Override
  public String request() {
    return "set " + setting.name() + " of " + target + " to " + setting.summary();
  }

  @Override
  public Guarantees.Kind guarantee() {
    return Guarantees.Kind.CONVERGENT;
  }

  @Override
  public Form<LiveSetting> form() {
    return Forms.LIVE_SETTING;
  }

  @Override
  public String told(LiveSetting value) {
    return value.summary();
  }

  @Override
  public LiveSetting apply(StepKey key, CallContext call) {
    settings.set(target, setting, key, call);
    return setting;
  }

  @Override
  public Sighting<LiveSetting> observe(StepKey key, Instant since, CallContext call) {
    return settings.isSet(target, setting, call)
        ? new Sighting.Done<>(setting)
        : new Sighting.Absent<>();
  }
}
