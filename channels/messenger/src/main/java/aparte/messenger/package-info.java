/**
 * Facebook Messenger: {@link aparte.messenger.MessengerTransport} sends, {@link aparte.messenger.MessengerWebhooks} reads
 * what comes, {@link aparte.messenger.MessengerPage} sets the Page up.
 */
@NullMarked
package aparte.messenger;

import org.jspecify.annotations.NullMarked;
