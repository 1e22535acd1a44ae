/**
 * Instagram: {@link aparte.instagram.InstagramTransport} sends, {@link aparte.instagram.InstagramWebhooks} reads what comes,
 * {@link aparte.instagram.InstagramAccount} sets the account up.
 */
@NullMarked
package aparte.instagram;

import org.jspecify.annotations.NullMarked;
