/**
 * The platforms, played on loopback: an independent reading of their documents, which depends on nothing else of Aparté.
 *
 * <p>Start at {@link aparte.simulator.Simulator}. Types whose name begins with {@code WhatsApp} belong to that platform;
 * all others are shared: the server, the clock, the faults and the delivery of webhooks.
 */
@NullMarked
package aparte.simulator;

import org.jspecify.annotations.NullMarked;
