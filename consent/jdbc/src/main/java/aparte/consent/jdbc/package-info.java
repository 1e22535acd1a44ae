/**
 * The reference ledger with evidence, over plain JDBC. Begin with {@link aparte.consent.jdbc.JdbcStorage}.
 */
@org.jspecify.annotations.NullMarked
package aparte.consent.jdbc;
