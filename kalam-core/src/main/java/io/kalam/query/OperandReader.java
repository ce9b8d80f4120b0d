package io.kalam.query;

import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.schema.Column;

/**
 * Reads what may stand on a side of a comparison.
 */
final class OperandReader {

	static final String NO_OPERAND = "Only columns, values and parameters can be compared, or tested with IS";

	private final Grammar grammar;

	private final PlaceholderReader placeholders;

	OperandReader(Grammar grammar, PlaceholderReader placeholders) {
		this.grammar = grammar;
		this.placeholders = placeholders;
	}

	Syntax.Operand read(Expression expression) {
		int group = this.placeholders.group(expression);
		if (group >= 0) {
			return read(this.grammar.group(group));
		}
		if (expression instanceof Column column) {
			return this.placeholders.name(column.getFullyQualifiedName());
		}
		if (expression instanceof StringValue string) {
			return new Syntax.Value(this.placeholders.token(string.getValue()), false);
		}
		if (expression instanceof LongValue number) {
			return new Syntax.Value(this.placeholders.token(number.getStringValue()), false);
		}
		if (expression instanceof JdbcParameter parameter) {
			return new Syntax.Value(this.placeholders.token(String.valueOf(parameter.getIndex())), false);
		}
		if (expression instanceof SignedExpression signed) {
			return signed(signed);
		}
		if (expression instanceof BooleanValue || expression instanceof NullValue) {
			return truthValue(expression);
		}
		throw refuse(expression);
	}

	Syntax.TruthValue truthValue(Expression expression) {
		return new Syntax.TruthValue(
				(expression instanceof BooleanValue value) ? Truth.of(value.getValue()) : Truth.UNKNOWN);
	}

	private Syntax.Operand signed(SignedExpression signed) {
		Syntax.Operand operand = read(signed.getExpression());
		if (operand instanceof Syntax.Value value && value.token().kind() == SqlToken.Kind.NUMBER) {
			return new Syntax.Value(value.token(), value.negative() ^ (signed.getSign() == '-'));
		}
		throw QueryException.unsupported("A sign may stand before a number only", operand.position());
	}

	private static QueryException refuse(Expression expression) {
		if (expression instanceof BinaryExpression && !(expression instanceof ComparisonOperator)) {
			return QueryException.unsupported(
					"Arithmetic is not supported; compute the value in the application and pass it as a parameter", 0);
		}
		return QueryException.unsupported(NO_OPERAND, 0);
	}

}
