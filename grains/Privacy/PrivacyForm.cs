using System.Text.Json;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Projections;
using Gamification.Rules;

namespace Gamification.Privacy;

/// <summary>A member's wishes, to and from durable bytes, and what they tell boards.</summary>
internal static class PrivacyForm
{
    public const string ActorKind = "privacy";

    public static ActorId ActorOf(string programme, MemberId member) => new(programme, ActorKind, member.ToString());

    public static PublicFace StateOf(ActorHistory history)
    {
        var state = history.Snapshot is { } snapshot ? JsonSerializer.Deserialize(snapshot.Span, PrivacyJson.Default.PublicFace)! : PublicFace.Default;
        foreach (var stored in history.Tail)
        {
            if (Read(stored) is { } chosen) state = state.Apply(chosen);
        }

        return state;
    }

    public static NewEntry Write(PrivacyChosen chosen) => new(PrivacyChosen.Type, JsonSerializer.SerializeToUtf8Bytes(chosen, PrivacyJson.Default.PrivacyChosen));

    public static byte[] WriteState(PublicFace state) => JsonSerializer.SerializeToUtf8Bytes(state, PrivacyJson.Default.PublicFace);

    public static PrivacyNotice NoticeOf(ActorId actor, PrivacyChosen chosen, long version) =>
        new(actor.Programme, new VisibilityChange(MemberId.Parse(actor.Key), chosen.Mode != PrivacyMode.Shown, version));

    /// <summary>The same, from an entry read back; null for one of a type that this version does not know.</summary>
    public static PrivacyNotice? NoticeOf(StoredEntry stored) => Read(stored) is { } chosen ? NoticeOf(stored.Actor, chosen, stored.Version) : null;

    private static PrivacyChosen? Read(StoredEntry stored) =>
        stored.Type == PrivacyChosen.Type ? JsonSerializer.Deserialize(stored.Payload.Span, PrivacyJson.Default.PrivacyChosen) : null;
}
