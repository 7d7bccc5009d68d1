using System.Text.Json;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Api;

/// <summary>What is counted and what can be won, apart from the sentences: so that a page can draw it.</summary>
internal static class ChallengeTerms
{
    /// <summary>The teams one can join; empty in other contests.</summary>
    public static void WriteTeams(Utf8JsonWriter writer, Challenge challenge)
    {
        writer.WriteStartArray("teams"u8);
        foreach (var team in challenge.By is InTeams teams ? teams.Teams : [])
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, team.Id);
            writer.WriteText("name"u8, team.Name);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WritePrizes(Utf8JsonWriter writer, Challenge challenge)
    {
        writer.WriteStartObject("prizes"u8);
        WriteGift(writer, "completion"u8, challenge.Prizes.Completion, challenge);
        writer.WriteNumber("completionMax"u8, challenge.Prizes.CompletionMax);
        writer.WriteStartArray("ranks"u8);
        foreach (var prize in challenge.Prizes.Ranks)
        {
            writer.WriteStartObject();
            writer.WriteNumber("through"u8, prize.Through);
            WriteGift(writer, "gift"u8, prize.Gift, challenge);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("milestones"u8);
        foreach (var milestone in challenge.By is Together together ? together.Milestones : [])
        {
            writer.WriteStartObject();
            writer.WriteNumber("at"u8, milestone.At);
            WriteGift(writer, "gift"u8, milestone.Gift, challenge);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A group's score is in thousandths a member.</summary>
    public static bool IsAverage(Challenge challenge) => challenge.By is InTeams { Score: GroupScore.PerMember } or StoreAgainstStore { Score: GroupScore.PerMember };

    /// <summary>What scores and the target are in; spend is in minor units.</summary>
    public static string UnitOf(ChallengeGoal goal) => goal switch
    {
        SumGoal { What: SumOf.Spend } => "spend",
        SumGoal => "items",
        RunOf { Per: RunPer.Week } => "weeks",
        RunOf or DistinctGoal { What: DistinctOf.Days } => "days",
        DistinctGoal { What: DistinctOf.Stores } => "stores",
        DistinctGoal { What: DistinctOf.Skus } => "items",
        DistinctGoal { What: DistinctOf.Categories } => "categories",
        InSequence => "steps",
        _ => "deeds",
    };

    private static void WriteGift(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Gift? gift, Challenge challenge)
    {
        if (gift is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteNumber("points"u8, gift.Points);
        writer.WriteText("reward"u8, NameOf(challenge, NamedKind.Reward, gift.Reward));
        writer.WriteText("badge"u8, NameOf(challenge, NamedKind.Badge, gift.Badge));
        writer.WriteEndObject();
    }

    private static Wording? NameOf(Challenge challenge, NamedKind kind, string? id) =>
        id is not null && challenge.Names.FirstOrDefault(one => one.Kind == kind && one.Id == id) is { } name ? new(name.Fr, name.Nl, name.En) : null;
}
