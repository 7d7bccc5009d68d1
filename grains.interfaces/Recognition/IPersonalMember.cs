namespace Gamification.Recognition;

/// <summary>A birth date as its owner sees it; null when none is known.</summary>
[GenerateSerializer, Immutable, Alias("birth-date-view")]
public sealed record BirthDateView([property: Id(0)] DateOnly? On, [property: Id(1)] bool MayChange);

/// <summary>What became of a birth date that was given.</summary>
[GenerateSerializer, Immutable, Alias("birth-date-outcome")]
public abstract record BirthDateOutcome
{
    [GenerateSerializer, Immutable, Alias("birth-date-outcome.known")]
    public sealed record Known([property: Id(0)] BirthDateView View) : BirthDateOutcome;

    [GenerateSerializer, Immutable, Alias("birth-date-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : BirthDateOutcome;
}

/// <summary>
/// What is known of the person behind an account. It is kept in the vault and goes with it; the ledger learns on which day a birthday was celebrated, never
/// the year of birth. The key is <c>programme/surrogate</c>. Everything is durable on return and safe to repeat.
/// </summary>
[Alias("personal-member")]
public interface IPersonalMember : IGrainWithStringKey
{
    [Alias("birth-date")]
    Task<BirthDateView> BirthDate();

    /// <summary>
    /// Gives the birth date or corrects it, once. From then on the birthday is an event of each calendar year, at most one in any, whatever was
    /// corrected; a birthday of today or before waits for next year. Refused where the programme does not recognise its members.
    /// </summary>
    [Alias("give-birth-date")]
    Task<BirthDateOutcome> GiveBirthDate(DateOnly birth, string by, DateTimeOffset receivedAt);

    /// <summary>Lets go of it. Given again it counts as a correction.</summary>
    [Alias("forget-birth-date")]
    Task<BirthDateView> ForgetBirthDate(string by, DateTimeOffset receivedAt);
}
