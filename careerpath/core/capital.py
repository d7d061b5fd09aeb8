"""Amounts in the capital numerals that no pen can change (人民币大写)."""

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MOST = Decimal(10) ** 16
_FEN = Decimal("0.01")


def capital_amount(value: Decimal) -> str:
    """Yuan, jiao and fen in capital numerals: 1680.32 is 壹仟陆佰捌拾元零叁角贰分, 300 is 叁佰元整.

    Below zero it begins with 负. Raises ``ValueError`` for parts of a fen and from 10¹⁶ yuan on. Source: 支付结算办法
    (银发〔1997〕393号) 附一, 正确填写票据和结算凭证的基本规定.
    """
    if not value.is_finite() or abs(value) >= _MOST or value != value.quantize(_FEN):
        raise ValueError(f"not an amount of yuan and fen: {value}")
    yuan, fen = divmod(int(abs(value) * 100), 100)
    sign = "负" if value < 0 else ""
    if not fen:
        return f"{sign}{_whole(yuan) or '零'}元整"
    jiao, rest = divmod(fen, 10)
    words = f"{_whole(yuan)}元" if yuan else ""
    if yuan and (not jiao or yuan % 10 == 0):
        words += "零"
    words += f"{_DIGITS[jiao]}角" if jiao else ""
    words += f"{_DIGITS[rest]}分" if rest else ""
    return sign + words


def _whole(number: int) -> str:
    """A whole number; nothing for zero."""
    for unit, word in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            upper, lower = divmod(number, unit)
            zero = "零" if 0 < lower < unit // 10 else ""
            return f"{_whole(upper)}{word}{zero}{_whole(lower)}"
    words = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and number % 10**place and not words.endswith("零"):
            words += "零"
    return words
