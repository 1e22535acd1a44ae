/**
 * The words of Aparté: message, recipient, content, consent entry, policy, refusal, result, inbound event.
 *
 * <p>Values only. Nothing here does input or output, keeps time or starts a thread. Every type is immutable and
 * thread-safe, and no {@code toString} shows an address, a text or a reference.
 */
@NullMarked
package aparte;

import org.jspecify.annotations.NullMarked;
