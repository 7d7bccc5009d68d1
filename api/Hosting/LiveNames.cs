using System.Collections.Immutable;
using Gamification.Live;

namespace Gamification.Api.Hosting;

/// <summary>Names for the live hub, from the same cache as the boards over HTTP.</summary>
internal sealed class LiveNames(MemberNames names) : IBoardNames
{
    public async ValueTask<IReadOnlyDictionary<MemberId, BoardName>> Find(
        string programme, IReadOnlyCollection<MemberId> members, CancellationToken cancellationToken)
    {
        ImmutableArray<MemberId> asked = [.. members];
        var found = await names.Of(programme, asked);
        var byMember = new Dictionary<MemberId, BoardName>(asked.Length);
        for (var i = 0; i < asked.Length; i++)
        {
            if (found[i].PublicId is { } id) byMember[asked[i]] = new(id, found[i].Name);
        }

        return byMember;
    }
}
