/**
 * WhatsApp Cloud API: {@link aparte.whatsapp.WhatsAppTransport} sends, {@link aparte.whatsapp.WhatsAppWebhooks} reads what
 * comes.
 */
@NullMarked
package aparte.whatsapp;

import org.jspecify.annotations.NullMarked;
