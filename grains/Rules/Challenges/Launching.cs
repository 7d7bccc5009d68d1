using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Challenges;

/// <summary>What a marketer says to launch a template: under which id, when, and where. Everything else the template has.</summary>
/// <param name="Id">Of the new challenge.</param>
/// <param name="From">The first day.</param>
/// <param name="Days">How many days; null for as many as the template's.</param>
/// <param name="Stores">Empty for all; a contest of stores needs two or more.</param>
public sealed record Launch(string Id, DateOnly From, int? Days = null, ImmutableArray<string> Stores = default);

/// <summary>A template is a challenge on example dates. With dates and stores of one's own it is a challenge to be scheduled (spec F1, F10).</summary>
public static class Launching
{
    /// <summary>Version 1 of the challenge, or what does not fit the dates and stores.</summary>
    public static (Challenge? Challenge, ImmutableArray<DocumentError> Errors) From(Challenge template, Launch launch)
    {
        var stores = launch.Stores.IsDefault ? [] : launch.Stores;
        var days = launch.Days ?? template.Window.Until.DayNumber - template.Window.From.DayNumber;
        if (days is < 1 or > 366) return (null, [new("/days", "out-of-bounds", "Send a number from 1 to 366.")]);
        if (launch.From.DayNumber > DateOnly.MaxValue.DayNumber - days) return (null, [new("/from", "out-of-bounds", "Give a date between 2000-01-01 and 2100-01-01.")]);
        var challenge = template with
        {
            Id = launch.Id,
            Version = 1,
            Window = template.Window with { From = launch.From, Until = launch.From.AddDays(days) },
            Audience = template.Audience with { Stores = stores },
            By = template.By is StoreAgainstStore contest && stores.Length > 0 ? contest with { Stores = stores } : template.By,
        };

        // Read as if it had been sent: what launches is held to the same bounds as what is written by hand.
        return ChallengeDocument.Read(System.Text.Encoding.UTF8.GetBytes(ChallengeDocument.Write(challenge)));
    }
}
