/**
 * The platforms, played on loopback: an independent reading of their documents, which depends on nothing else of Aparté.
 *
 * <p>Start at {@link aparte.simulator.Simulator}. Types whose name begins with a platform's belong to that platform,
 * {@code Graph} to those of Meta; all others are shared: the server, the clock, the faults and the delivery of webhooks.
 */
@NullMarked
package aparte.simulator;

import org.jspecify.annotations.NullMarked;
