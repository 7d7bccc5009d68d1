namespace Gamification.Rules.Recognition;

/// <summary>
/// When somebody was born, as the vault keeps it, and how often it was said: given once and corrected once (spec L11), whatever was forgotten in
/// between, so that nobody has two birthdays.
/// </summary>
public readonly record struct BirthDate(DateOnly? On, int Given)
{
    private const int GivenMax = 2;
    private const int YearsMax = 120;

    public bool MayChange => Given < GivenMax;

    /// <summary>Refused, in this order: not a day of the last 120 years, corrected before. The same date again changes nothing.</summary>
    public (BirthDate After, Refusal? Refusal) Give(DateOnly birth, DateOnly today)
    {
        if (birth > today || birth < today.AddYears(-YearsMax)) return (this, new("invalid-birth-date", "/birthDate", "Send a day of the last 120 years."));
        if (On == birth) return (this, null);
        return MayChange ? (new(birth, Given + 1), null) : (this, new("already-changed", "/birthDate", "A birth date can be corrected once; ask customer service."));
    }

    public BirthDate Forget() => this with { On = null };
}
