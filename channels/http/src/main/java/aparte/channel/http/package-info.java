/**
 * What channels share: the strict HTTP client, bounded retry, Graph errors, signatures.
 *
 * <p>For those who write a channel. A host needs {@link aparte.channel.http.HttpSettings} and, with the JDK's HTTP server,
 * {@link aparte.channel.http.WebhookHandler} only.
 */
@NullMarked
package aparte.channel.http;

import org.jspecify.annotations.NullMarked;
