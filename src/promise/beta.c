/* SPDX-License-Identifier: MIT */
/*
 * Two weights in, probabilities out. The incomplete Beta function is a continued fraction that
 * converges within some ten steps on one side of the mean; the other side is its complement. The
 * inverse halves the interval until no number is left between its ends: it cannot fail.
 */
#include "promise/beta.h"

#include <math.h>

static const double log_sqrt_two_pi = 0.91893853320467274178;

/* What log gamma of x (10 or more) has beyond Stirling's formula: an asymptotic series. */
static double stirling_rest(double x)
{
	double y = 1 / (x * x);
	return (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y / 1188)))) / x;
}

static double log_gamma(double x)
{
	int sign; /* the plain lgamma keeps it in a global variable */
	return lgamma_r(x, &sign);
}

/* The leading terms cancel on paper, so that nothing is lost between large logarithms. */
static double log_beta_function(double a, double b)
{
	double p = fmin(a, b), q = fmax(a, b), sum = p + q;
	if (q < 10)
		return log_gamma(p) + log_gamma(q) - log_gamma(sum);
	double rest = stirling_rest(q) - stirling_rest(sum);
	double tail = (q - 0.5) * log1p(-p / sum);
	if (p < 10)
		return log_gamma(p) + rest + p - p * log(sum) + tail;
	return log_sqrt_two_pi - 0.5 * log(sum) + stirling_rest(p) + rest +
	       (p - 0.5) * log(p / sum) + tail;
}

struct beta beta_of(double a, double b)
{
	return (struct beta){ .a = a, .b = b, .log_norm = log_beta_function(a, b) };
}

static double not_zero(double x)
{
	return fabs(x) < 1e-300 ? 1e-300 : x;
}

/*
 * The continued fraction by Lentz's method; needs some sqrt(a + b) steps at worst. It may stop as
 * soon as it is clear on which side of `target` it will end: further from it than many times
 * the last step, where steps shrink fast (a and b not large). A target of 0 is never near.
 */
static double fraction(double a, double b, double x, double target)
{
	double far = target > 0 && a + b < 1000 ? 100 : 1e300;
	double c = 1, d = 1 / not_zero(1 - (a + b) * x / (a + 1)), value = d;
	for (int m = 1; m < 100000; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / not_zero(1 + even * d);
		c = not_zero(1 + even / c);
		value *= c * d;
		double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / not_zero(1 + odd * d);
		c = not_zero(1 + odd / c);
		double step = c * d;
		value *= step;
		double moved = fabs(step - 1) * value;
		if (moved < 1e-15 * value || (m > 2 && fabs(value - target) > far * moved))
			break;
	}
	return value;
}

static double front_of(const struct beta *beta, double x)
{
	return exp(beta->a * log(x) + beta->b * log1p(-x) - beta->log_norm);
}

/* On this side of the mean the fraction of a, b and x converges, on the other that of b, a, 1-x. */
static bool on_lower_side(const struct beta *beta, double x)
{
	return x < (beta->a + 1) / (beta->a + beta->b + 2);
}

double beta_below(const struct beta *beta, double x)
{
	if (!(x > 0))
		return 0;
	if (x >= 1)
		return 1;
	double a = beta->a, b = beta->b, front = front_of(beta, x);
	if (on_lower_side(beta, x))
		return fmin(1, front * fraction(a, b, x, 0) / a);
	return fmax(0, 1 - front * fraction(b, a, 1 - x, 0) / b);
}

bool beta_at_most(const struct beta *beta, double x, double p)
{
	double a = beta->a, b = beta->b;
	if (!(x > 0 && x < 1))
		return beta_below(beta, x) <= p;
	double front = front_of(beta, x);
	if (on_lower_side(beta, x)) {
		double target = p * a / front;
		return fraction(a, b, x, target) <= target;
	}
	double target = (1 - p) * b / front;
	return fraction(b, a, 1 - x, target) >= target;
}

double beta_quantile(const struct beta *beta, double p)
{
	double low = 0, high = 1;
	for (;;) {
		double middle = low + (high - low) / 2;
		if (middle <= low || middle >= high || high < 1e-300)
			return low;
		if (beta_at_most(beta, middle, p))
			low = middle;
		else
			high = middle;
	}
}
