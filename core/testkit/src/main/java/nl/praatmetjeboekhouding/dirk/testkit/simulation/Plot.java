package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.SoakPolicy;
import nl.praatmetjeboekhouding.dirk.spi.Activation;

/**
 * What kind of vendor there is, how the service is deployed, and what Dirk is asked for.
 *
 * @param activation what the vendor can do
 * @param compares whether it compares and sets
 * @param reaches whether one version can be asked for, and whether that is heeded
 * @param tells whether the service tells its version
 * @param hasStaging whether there is a staging
 * @param rollout how traffic comes to a new version in production
 * @param orders one after the other
 */
record Plot(
    Activation activation,
    boolean compares,
    Reached reaches,
    boolean tells,
    boolean hasStaging,
    RolloutPolicy rollout,
    List<Order> orders) {

  /** Whether one version can be asked for. */
  enum Reached {
    NEVER,
    HEEDED,
    IGNORED
  }

  Plot {
    orders = List.copyOf(orders);
  }

  static Plot of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int shape = random.nextInt(10);
    Activation activation =
        shape < 6 ? Activation.SPLIT : shape < 9 ? Activation.SWITCH : Activation.WITH_UPLOAD;
    int reached = random.nextInt(10);
    return new Plot(
        activation,
        random.nextInt(4) == 0,
        reached < 2 ? Reached.NEVER : reached < 9 ? Reached.HEEDED : Reached.IGNORED,
        random.nextInt(8) > 0,
        random.nextInt(5) < 3,
        rollout(random),
        orders(random));
  }

  /** A plain deploy of one release over another, for comparing strategies. */
  static Plot plain() {
    return new Plot(
        Activation.SPLIT,
        false,
        Reached.NEVER,
        true,
        false,
        RolloutPolicy.atOnce(),
        List.of(
            deploy(1, Order.Sick.NOWHERE, Duration.ofHours(1), true),
            deploy(2, Order.Sick.NOWHERE, Duration.ofHours(1), false)));
  }

  private static RolloutPolicy rollout(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> RolloutPolicy.atOnce();
      case 1 -> RolloutPolicy.standard().withRamp(List.of(10, 50), Duration.ZERO);
      case 2 ->
          RolloutPolicy.standard()
              .withRamp(List.of(20), Duration.ofSeconds(20))
              .withSoak(SoakPolicy.lasting(Duration.ofSeconds(60)));
      default -> RolloutPolicy.standard();
    };
  }

  private static List<Order> orders(SplittableRandom random) {
    List<Order> orders = new ArrayList<>();
    boolean isCalm = random.nextBoolean();
    int count = 1 + random.nextInt(4);
    for (int number = 1; number <= count; number++) {
      Duration pause = Duration.ofSeconds(1 + random.nextInt(random.nextBoolean() ? 20 : 600));
      int what = random.nextInt(20);
      if (what < 5 && number > 1) {
        orders.add(new Order(number, Optional.empty(), pause, false));
      } else if (what == 5 && number > 1 && orders.get(number - 2).isDeploy()) {
        orders.add(new Order(number, orders.get(number - 2).content(), pause, false));
      } else if (number == 1 && isCalm) {
        orders.add(deploy(number, Order.Sick.NOWHERE, pause, true));
      } else {
        orders.add(deploy(number, sick(random.nextInt(10)), pause, false));
      }
    }
    return orders;
  }

  private static Order.Sick sick(int drawn) {
    return switch (drawn) {
      case 0 -> Order.Sick.IN_STAGING;
      case 1 -> Order.Sick.IN_PRODUCTION;
      case 2, 3 -> Order.Sick.UNDER_TRAFFIC;
      default -> Order.Sick.NOWHERE;
    };
  }

  private static Order deploy(int number, Order.Sick sick, Duration pause, boolean isCalm) {
    return new Order(number, Optional.of(new Order.Content("r" + number, sick)), pause, isCalm);
  }

  /** This one, by another rollout. */
  Plot with(RolloutPolicy other) {
    return new Plot(activation, compares, reaches, tells, hasStaging, other, orders);
  }

  private Plot with(List<Order> others) {
    return new Plot(activation, compares, reaches, tells, hasStaging, rollout, others);
  }

  /** The same with a little less to it, in each way. */
  List<Plot> simpler() {
    List<Plot> simpler = new ArrayList<>();
    for (Order order : orders) {
      List<Order> left = new ArrayList<>(orders);
      left.remove(order);
      simpler.add(with(left));
    }
    simpler.add(new Plot(activation, compares, reaches, tells, false, rollout, orders));
    simpler.add(new Plot(activation, false, reaches, tells, hasStaging, rollout, orders));
    if (!rollout.equals(RolloutPolicy.atOnce())) {
      simpler.add(with(RolloutPolicy.atOnce()));
      simpler.add(with(RolloutPolicy.standard()));
    }
    simpler.removeIf(this::equals);
    return simpler;
  }

  @Override
  public String toString() {
    String vendor =
        switch (activation) {
          case SPLIT -> "The vendor shares traffic";
          case SWITCH -> "The vendor switches all traffic at once";
          case WITH_UPLOAD -> "At this vendor an upload is the switch";
        };
    String reach =
        switch (reaches) {
          case NEVER -> "";
          case HEEDED -> ", answers by one version if asked to";
          case IGNORED -> ", and ignores who is asked for";
        };
    return vendor
        + (compares ? ", compares and sets" : "")
        + reach
        + "; its reads settle within "
        + World.WINDOW.toSeconds()
        + " s. "
        + (hasStaging ? "There is a staging." : "There is no staging.")
        + (tells ? "" : " The service cannot tell its version.")
        + " Traffic comes "
        + (rollout.dark() ? "after a look in the dark" : "at once")
        + (rollout.ramp().isEmpty() ? "" : " by way of " + rollout.ramp() + " %")
        + (rollout.soak().isNone() ? "." : ", and is watched for a while.");
  }
}
