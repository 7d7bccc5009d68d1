using System.Globalization;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>
/// Numbers, money, dates and lists as French, Dutch and English speakers in Belgium write them. Spaces inside a number or before a
/// sign do not break. Written out here, so that a sentence is the same on every machine whatever cultures it has installed.
/// </summary>
internal sealed class Formats(Language language, string currency)
{
    private const string Hard = "\u00A0";

    private static readonly string[] FrenchMonths = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
    private static readonly string[] DutchMonths = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
    private static readonly string[] EnglishMonths = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] FrenchDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];
    private static readonly string[] DutchDays = ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"];
    private static readonly string[] EnglishDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private readonly NumberFormatInfo _numbers = new()
    {
        NumberGroupSeparator = language switch { Language.Fr => "\u202F", Language.Nl => ".", _ => "," },
        NumberDecimalSeparator = language == Language.En ? "." : ",",
        NegativeSign = "−",
    };

    public string Pick(string fr, string nl, string en) => language switch { Language.Fr => fr, Language.Nl => nl, _ => en };

    /// <summary>Without needless zeros.</summary>
    public string Number(decimal value) => value.ToString("#,##0.############", _numbers);

    /// <summary>French counts 0 and 1.5 as one, Dutch and English only 1.</summary>
    public string Count(decimal value, (string One, string Many) fr, (string One, string Many) nl, (string One, string Many) en)
    {
        var (one, many) = language switch { Language.Fr => fr, Language.Nl => nl, _ => en };
        var isOne = language == Language.Fr ? Math.Abs(value) < 2 : value is 1 or -1;
        return $"{Number(value)}{(language == Language.Fr ? Hard : " ")}{(isOne ? one : many)}";
    }

    /// <summary>Whole amounts without decimals: 50 €, € 50, €50.</summary>
    public string Money(long minor)
    {
        var decimals = Currency.Decimals(currency);
        var amount = (decimal)minor / Currency.MinorPerUnit(currency);
        var text = amount.ToString(amount == decimal.Truncate(amount) ? "#,##0" : $"#,##0.{new string('0', decimals)}", _numbers);
        var sign = currency switch { "EUR" => "€", "GBP" => "£", "USD" => "$", _ => currency };
        return language switch
        {
            Language.Fr => $"{text}{Hard}{sign}",
            Language.Nl => $"{sign}{Hard}{text}",
            _ => sign.Length == 1 ? $"{sign}{text}" : $"{sign}{Hard}{text}",
        };
    }

    public string Date(DateOnly date) => language switch
    {
        Language.Fr => $"{(date.Day == 1 ? "1er" : Plain(date.Day))}{Hard}{FrenchMonths[date.Month - 1]} {Plain(date.Year)}",
        Language.Nl => $"{Plain(date.Day)}{Hard}{DutchMonths[date.Month - 1]} {Plain(date.Year)}",
        _ => $"{Plain(date.Day)}{Hard}{EnglishMonths[date.Month - 1]} {Plain(date.Year)}",
    };

    /// <summary>9 h, 9 h 30; 9.30; 09:30.</summary>
    public string Time(TimeOnly time) => language switch
    {
        Language.Fr => time.Minute == 0 ? $"{Plain(time.Hour)}{Hard}h" : $"{Plain(time.Hour)}{Hard}h{Hard}{time.Minute.ToString("00", CultureInfo.InvariantCulture)}",
        Language.Nl => string.Create(CultureInfo.InvariantCulture, $"{time.Hour}.{time.Minute:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}"),
    };

    public string Day(DayOfWeek day) => Pick($"le {FrenchDays[(int)day]}", DutchDays[(int)day], EnglishDays[(int)day]);

    public string Quote(string name) => Pick($"«{Hard}{name}{Hard}»", $"‘{name}’", $"“{name}”");

    /// <summary>"a, b ou c".</summary>
    public string Either(IReadOnlyList<string> parts) => List(parts, Pick("ou", "of", "or"));

    public string Both(IReadOnlyList<string> parts) => List(parts, Pick("et", "en", "and"));

    private static string List(IReadOnlyList<string> parts, string last) => parts.Count switch
    {
        0 => "",
        1 => parts[0],
        _ => $"{string.Join(", ", parts.Take(parts.Count - 1))} {last} {parts[^1]}",
    };

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
