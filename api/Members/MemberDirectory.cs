using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Merging;
using Gamification.Vault;

namespace Gamification.Api;

/// <summary>A member that a caller named, as far as the caller may see it.</summary>
internal readonly record struct NamedMember(MemberId Member, string PublicId);

/// <summary>
/// Whom an address means: <c>me</c>, or a public id. A member who names anybody but itself gets 403 before anything is looked up, so that the
/// answer is the same for those who exist and those who do not.
/// </summary>
public sealed class MemberDirectory(IGrainFactory grains, MemberNames names, EdgeOptions options, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    /// <summary>Whom a member is part of since a merge, a minute at most behind; its account answers for the other from the first moment on.</summary>
    private readonly BoundedCache<(string Programme, MemberId Member), MemberId> _kept = new(options.NamesCached, KeptFor, clock);

    private static readonly Problem NotYou = new(ProblemKind.Forbidden, "A member reads only its own account.");
    private static readonly Problem NotAMember = new(ProblemKind.Forbidden, "'me' is for member tokens.");
    private static readonly Problem Unknown = new(ProblemKind.UnknownMember, "The programme has no member with this public id.");

    internal IMemberGrain Account(Caller caller, MemberId member) => grains.GetGrain<IMemberGrain>(ActorKeys.Member(caller.Programme, member));

    /// <summary>Whether the holder has enrolled, asked of the vault each time: nobody should have to wait for a cache to hear that they have.</summary>
    internal async ValueTask<bool> IsEnrolled(Caller caller, MemberId member) =>
        (await grains.GetGrain<ICardsGrain>(caller.Programme).FindMembers([member]))[0] is { Enrolled: true };

    /// <summary>For what concerns the member alone.</summary>
    internal async ValueTask<(NamedMember Member, Problem? Problem)> Find(Caller caller, string named)
    {
        if (caller.Member is not { } self) return named == "me" ? (default, NotAMember) : await FindAny(caller, named);
        var own = (await names.Of(caller.Programme, self)).PublicId;
        if (own is null) return (default, Unknown);
        var kept = await Kept(caller.Programme, self);
        var shown = kept == self ? own : (await names.Of(caller.Programme, kept)).PublicId ?? own;
        return named == "me" || named == own || named == shown ? (new(kept, shown), null) : (default, NotYou);
    }

    private async ValueTask<MemberId> Kept(string programme, MemberId member)
    {
        if (_kept.TryGet((programme, member), out var known)) return known;
        var kept = await grains.GetGrain<IMergingAccount>(ActorKeys.Member(programme, member)).Kept();
        _kept.Put((programme, member), kept);
        return kept;
    }

    /// <summary>Null for somebody who left.</summary>
    internal async ValueTask<string?> PublicIdOf(Caller caller, MemberId member) => (await names.Of(caller.Programme, member)).PublicId;

    /// <summary>For what boards show of anybody.</summary>
    internal async ValueTask<(NamedMember Member, Problem? Problem)> FindAny(Caller caller, string named)
    {
        if (named == "me") return await Find(caller, named);
        var membership = IsPublicId(named) ? await grains.GetGrain<ICardsGrain>(caller.Programme).FindPublicId(named) : null;
        return membership is null ? (default, Unknown) : (new(membership.Member, membership.PublicId), null);
    }

    /// <summary>Those of the public ids that there are, in the order asked; <c>me</c> is the caller.</summary>
    internal async ValueTask<ImmutableArray<MemberId>> FindAll(Caller caller, ImmutableArray<string> named)
    {
        ImmutableArray<string> publicIds = [.. named.Where(text => text != "me" && IsPublicId(text))];
        var found = publicIds.IsEmpty ? [] : await grains.GetGrain<ICardsGrain>(caller.Programme).FindPublicIds(publicIds);
        var members = ImmutableArray.CreateBuilder<MemberId>(named.Length);
        var next = 0;
        foreach (var text in named)
        {
            var member = text == "me" ? caller.Member : IsPublicId(text) ? found[next++]?.Member : null;
            if (member is { } known) members.Add(known);
        }

        return members.DrainToImmutable();
    }

    internal static bool IsPublicId(string text) => text.Length is > 0 and <= 32 && text.AsSpan().IndexOfAnyExcept(IdCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> IdCharacters =
        System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_");
}
