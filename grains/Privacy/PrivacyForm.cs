using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Projections;
using Gamification.Rules;

namespace Gamification.Privacy;

/// <summary>A member's wishes, to and from durable bytes, and what they tell boards.</summary>
internal static class PrivacyForm
{
    public const string ActorKind = "privacy";

    public static JsonForm<PublicFace, PrivacyChosen> Json { get; } = new JsonForm<PublicFace, PrivacyChosen>(PublicFace.Default, static (state, entry) => state.Apply(entry), PrivacyJson.Default.PublicFace)
        .With(PrivacyChosen.Type, PrivacyJson.Default.PrivacyChosen);

    public static ActorId ActorOf(string programme, MemberId member) => new(programme, ActorKind, member.ToString());

    public static PrivacyNotice NoticeOf(ActorId actor, PrivacyChosen chosen, long version) =>
        new(actor.Programme, new VisibilityChange(MemberId.Parse(actor.Key), chosen.Mode != PrivacyMode.Shown, version));

    /// <summary>The same, from an entry read back; null for one of a type that this version does not know.</summary>
    public static PrivacyNotice? NoticeOf(StoredEntry stored) => Json.Read(stored) is { } chosen ? NoticeOf(stored.Actor, chosen, stored.Version) : null;
}
