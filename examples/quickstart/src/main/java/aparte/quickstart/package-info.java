/** A publisher writes to three readers, each with a history of their own. */
@NullMarked
package aparte.quickstart;

import org.jspecify.annotations.NullMarked;
