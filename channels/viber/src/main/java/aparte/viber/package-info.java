/**
 * Viber Bot API: {@link aparte.viber.ViberTransport} sends, {@link aparte.viber.ViberWebhooks} reads what comes,
 * {@link aparte.viber.ViberAccount} sets the bot up.
 */
@NullMarked
package aparte.viber;

import org.jspecify.annotations.NullMarked;
