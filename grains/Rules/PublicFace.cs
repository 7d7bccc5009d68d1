using Gamification.Privacy;

namespace Gamification.Rules;

/// <summary>A member's wish as the journal keeps it.</summary>
public sealed record PrivacyChosen(PrivacyMode Mode, DateTimeOffset At)
{
    public const string Type = "privacy.chosen";
}

/// <summary>How much of a member others may see: its newest wish.</summary>
public sealed record PublicFace(PrivacyMode Mode, DateTimeOffset? Since)
{
    public static PublicFace Default { get; } = new(PrivacyMode.Shown, null);

    /// <summary>Null when the wish changes nothing: it holds already, or the member is erased, which is for ever (spec §11).</summary>
    public PrivacyChosen? Decide(PrivacyMode wish, DateTimeOffset at) => wish == Mode || Mode == PrivacyMode.Erased ? null : new(wish, at);

    public PublicFace Apply(PrivacyChosen chosen) => new(chosen.Mode, chosen.At);
}
