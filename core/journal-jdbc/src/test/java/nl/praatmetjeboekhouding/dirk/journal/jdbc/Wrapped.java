package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Data sources and connections that do something of their own where a test wants it. */
final class Wrapped {

  private Wrapped() {}

  /** What happens to each connection that is given out. */
  interface Giving {
    Connection give(Connection connection) throws SQLException;
  }

  /** What happens instead of a method, or before or after it. */
  interface Around {
    Object call(String method, Call inner) throws Throwable;
  }

  /** The method itself. */
  interface Call {
    Object call() throws Throwable;
  }

  static DataSource source(DataSource inner, Giving giving) {
    return around(
        DataSource.class,
        inner,
        (method, call) ->
            method.equals("getConnection") ? giving.give((Connection) call.call()) : call.call());
  }

  static Connection connection(Connection inner, Around around) {
    return around(Connection.class, inner, around);
  }

  static <T> T around(Class<T> type, T inner, Around around) {
    return type.cast(
        Proxy.newProxyInstance(
            Wrapped.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                around.call(
                    method.getName(),
                    () -> {
                      try {
                        return method.invoke(inner, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    })));
  }
}
