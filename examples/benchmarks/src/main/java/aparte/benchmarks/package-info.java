/** What things cost: the gate's decision, a send, a webhook, the ledger. */
@NullMarked
package aparte.benchmarks;

import org.jspecify.annotations.NullMarked;
