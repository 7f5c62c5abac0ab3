/**
 * The journal: what was intended, what came of it, and who may write.
 *
 * <p>A {@link nl.praatmetjeboekhouding.dirk.journal.FileJournal} keeps in its folder (mode 0700, files
 * 0600):
 *
 * <ul>
 *   <li>{@code journal-000001.log}: one line per entry and per change of a lease, of all streams.
 *   <li>{@code journal.lock}: locked by the process that reads or writes, for as long as that takes.
 *   <li>{@code alive-PID-START.lock}: locked by each process that has the journal open.
 *   <li>{@code blobs/ab/abcd...}: kept content, named by its SHA-256.
 *   <li>{@code torn-000001-BYTE-DIGEST}: what a crash left unfinished and was cut off.
 * </ul>
 *
 * <p>A line is the CRC-32C of its JSON in eight hexadecimal digits, a space, the length of its JSON in
 * bytes, a space, the JSON in UTF-8, a line feed. {@code prev} in the JSON is the SHA-256 of the whole
 * line before; {@code from} is where the write that brought the line began: everything before that
 * byte was durable then. The first line names the form of the others. {@code docs/journal.md} tells
 * more.
 */
package nl.praatmetjeboekhouding.dirk.journal;
