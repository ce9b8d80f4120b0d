package io.kalam.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.IsUnknownExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;

/**
 * Reads the condition of a query.
 */
final class ConditionReader {

	private final Grammar grammar;

	private final PlaceholderReader placeholders;

	private final OperandReader operands;

	private final QueryLimits limits;

	private int terms;

	ConditionReader(Grammar grammar, PlaceholderReader placeholders, QueryLimits limits) {
		this.grammar = grammar;
		this.placeholders = placeholders;
		this.operands = new OperandReader(grammar, placeholders);
		this.limits = limits;
	}

	Syntax read(Expression expression) {
		if (expression instanceof AndExpression) {
			return new Syntax.And(chain(expression, AndExpression.class));
		}
		if (expression instanceof OrExpression) {
			return new Syntax.Or(chain(expression, OrExpression.class));
		}
		if (expression instanceof NotExpression not) {
			return new Syntax.Not(read(not.getExpression()));
		}
		int group = this.placeholders.group(expression);
		if (group >= 0) {
			return read(this.grammar.group(group));
		}
		if (expression instanceof IsBooleanExpression is) {
			return negated(new Syntax.Is(read(is.getLeftExpression()), Truth.of(is.isTrue())), is.isNot());
		}
		if (expression instanceof IsUnknownExpression is) {
			return negated(new Syntax.Is(read(is.getLeftExpression()), Truth.UNKNOWN), is.isNot());
		}
		return readTerm(expression);
	}

	private List<Syntax> chain(Expression expression, Class<? extends BinaryExpression> type) {
		List<Expression> links = new ArrayList<>();
		Expression rest = expression;
		while (type.isInstance(rest)) {
			BinaryExpression link = type.cast(rest);
			links.add(link.getRightExpression());
			rest = link.getLeftExpression();
		}
		links.add(rest);
		Collections.reverse(links);
		return links.stream().map(this::read).toList();
	}

	private Syntax readTerm(Expression expression) {
		this.terms++;
		if (this.terms > this.limits.maxTerms()) {
			throw QueryException.unsupported("A query may have " + this.limits.maxTerms()
					+ " conditions; use IN for many" + " values of one column", 0);
		}
		if (expression instanceof ComparisonOperator comparison) {
			return comparison(comparison);
		}
		if (expression instanceof InExpression in) {
			return negated(in(in), in.isNot());
		}
		if (expression instanceof Between between) {
			return negated(between(between), between.isNot());
		}
		if (expression instanceof IsNullExpression isNull) {
			return negated(new Syntax.IsNull(this.operands.read(isNull.getLeftExpression())), isNull.isNot());
		}
		if (expression instanceof BooleanValue || expression instanceof NullValue) {
			return this.operands.truthValue(expression);
		}
		return new Syntax.Bare(this.operands.read(expression));
	}

	private Syntax comparison(ComparisonOperator comparison) {
		Syntax.Operand left = this.operands.read(comparison.getLeftExpression());
		Operator operator = Operator.of(comparison.getStringExpression());
		return new Syntax.Comparison(left, operator, this.operands.read(comparison.getRightExpression()));
	}

	private Syntax in(InExpression in) {
		Syntax.Operand operand = this.operands.read(in.getLeftExpression());
		if (!(in.getRightExpression() instanceof ParenthesedExpressionList<?> list)) {
			throw QueryException.unsupported("IN needs a list of values in parentheses", operand.position());
		}
		if (list.size() > this.limits.maxInList()) {
			throw QueryException.unsupported("A list may have " + this.limits.maxInList() + " values",
					operand.position());
		}
		List<Syntax.Operand> values = new ArrayList<>();
		for (Expression value : list) {
			values.add(this.operands.read(value));
		}
		return new Syntax.In(operand, values);
	}

	private Syntax between(Between between) {
		Syntax.Operand operand = this.operands.read(between.getLeftExpression());
		return new Syntax.And(List.of(
				new Syntax.Comparison(operand, Operator.GREATER_OR_EQUAL,
						this.operands.read(between.getBetweenExpressionStart())),
				new Syntax.Comparison(operand, Operator.LESS_OR_EQUAL,
						this.operands.read(between.getBetweenExpressionEnd()))));
	}

	private static Syntax negated(Syntax syntax, boolean not) {
		return not ? new Syntax.Not(syntax) : syntax;
	}

}
