/**
 * Viber Bot API: {@link aparte.viber.ViberTransport} sends, {@link aparte.viber.ViberWebhooks} reads what comes,
 * {@link aparte.viber.ViberAccount} sets the bot up. Viber Business Messages, to phone numbers by Vonage:
 * {@link aparte.viber.ViberBusinessTransport} sends, {@link aparte.viber.ViberBusinessWebhooks} reads what comes.
 */
@NullMarked
package aparte.viber;

import org.jspecify.annotations.NullMarked;
