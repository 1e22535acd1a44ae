/**
 * The gate that every send passes, the consent desk, the inbox, and what a host or a channel implements.
 *
 * <p>A host implements {@link aparte.consent.ConsentLedger} and, unless it takes ours, {@link aparte.consent.SendLog},
 * {@link aparte.consent.Conversations} and {@link aparte.consent.InboxJournal}; a channel implements
 * {@link aparte.consent.Transport} and {@link aparte.consent.WebhookReader}.
 */
@NullMarked
package aparte.consent;

import org.jspecify.annotations.NullMarked;
