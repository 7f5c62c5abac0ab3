package nl.praatmetjeboekhouding.dirk.command;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Makes lines of bytes: UTF-8, ended by a line feed or a carriage return, without terminal codes,
 * secrets masked, each cut, the last ones kept. However much is written, it holds no more than
 * that. Not thread-safe.
 */
final class OutputLines {

  private static final int KEPT = 20;
  private static final int WIDTH = 2000;

  /** Control sequences of ECMA-48: CSI, OSC and two-character ones. */
  private static final Pattern TERMINAL =
      Pattern.compile(
          "\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[@-Z\\\\^_])");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t]]");

  private final Masker masker;
  private final Consumer<String> listener;
  private final int room;
  private final Deque<String> kept = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();
  private final CharBuffer chars = CharBuffer.allocate(8 * 1024);
  private ByteBuffer undecoded = ByteBuffer.allocate(0);
  private boolean controls;
  private boolean full;
  private boolean returned;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  OutputLines(Masker masker, Consumer<String> listener) {
    this.masker = masker;
    this.listener = listener;
    room = 4 * WIDTH + masker.longest();
  }

  /** Takes what was written; the bytes are not kept. */
  void write(byte[] bytes, int count) {
    ByteBuffer input =
        ByteBuffer.allocate(undecoded.remaining() + count)
            .put(undecoded)
            .put(bytes, 0, count)
            .flip();
    decode(input, false);
    undecoded = ByteBuffer.allocate(input.remaining()).put(input).flip();
  }

  /** Ends the last line, if it was not. */
  void end() {
    decode(undecoded, true);
    if (line.length() > 0 && !full) {
      emit(masker.maskUnfinished(plain()));
    }
    line.setLength(0);
  }

  /** The last lines, oldest first. */
  List<String> kept() {
    return List.copyOf(kept);
  }

  private void decode(ByteBuffer input, boolean last) {
    boolean more = true;
    while (more) {
      more = decoder.decode(input, chars, last).isOverflow();
      chars.flip();
      while (chars.hasRemaining()) {
        take(chars.get());
      }
      chars.clear();
    }
  }

  private void take(char next) {
    boolean second = returned && next == '\n';
    returned = next == '\r';
    if (second) {
      return;
    }
    if (next == '\n' || next == '\r') {
      endLine();
    } else if (line.length() < room) {
      line.append(next);
      controls |= Character.isISOControl(next);
    } else if (!full) {
      emit(masker.maskUnfinished(plain()));
      full = true;
    }
  }

  private void endLine() {
    if (!full) {
      emit(masker.mask(plain()));
    }
    line.setLength(0);
    controls = false;
    full = false;
  }

  private String plain() {
    if (!controls) {
      return line.toString();
    }
    String text = TERMINAL.matcher(line).replaceAll("");
    return CONTROL.matcher(text).replaceAll("\uFFFD");
  }

  private void emit(String text) {
    String cut = text.length() <= WIDTH ? text : text.substring(0, WIDTH) + " ...";
    if (kept.size() == KEPT) {
      kept.removeFirst();
    }
    kept.addLast(cut);
    listener.accept(cut);
  }
}
