package nl.praatmetjeboekhouding.dirk.spi;

import java.util.List;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * Power of a {@link Deployer} whose targets have settings that are not part of a version: routes,
 * crons, subdomain, log settings. Each is set by itself, and setting it again changes nothing.
 */
public interface LiveSettings {

  /**
   * All settings of the target that this deployer manages, as they are now; empty if the target
   * does not exist.
   */
  List<LiveSetting> snapshot(Target target, CallContext call);

  /**
   * Those of {@code prepared}'s settings that differ from what is there now, in the order to set
   * them. Reads only.
   */
  List<LiveSetting> changes(Prepared prepared, CallContext call);

  /**
   * Whether the target has this setting as given; asked when the fate of a {@link #set} is unknown.
   * Reads only. To be overridden where the vendor tells a setting in another form than it takes it.
   */
  default boolean isSet(Target target, LiveSetting setting, CallContext call) {
    return snapshot(target, call).contains(setting);
  }

  /** Makes one setting be as given. Convergent: sent twice, it is as if sent once. */
  void set(Target target, LiveSetting setting, StepKey key, CallContext call);
}
