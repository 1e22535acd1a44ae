/**
 * What hosts and channels test with.
 *
 * <p>Contracts are abstract JUnit classes: extend {@link aparte.testkit.ConsentLedgerContract},
 * {@link aparte.testkit.TransportContract} and the like, and the inherited tests say whether an implementation keeps its
 * promises. Fakes such as {@link aparte.testkit.InMemoryConsentLedger} keep everything in memory and lose it on restart:
 * they are for tests and examples only. {@link aparte.testkit.Clearing} gives a channel's tests cleared messages, from a
 * real gate.
 */
@NullMarked
package aparte.testkit;

import org.jspecify.annotations.NullMarked;
