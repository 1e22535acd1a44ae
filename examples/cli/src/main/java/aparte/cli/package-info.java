/** The library from a terminal: five commands, one JSON object a line. */
@org.jspecify.annotations.NullMarked
package aparte.cli;
