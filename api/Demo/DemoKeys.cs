using System.Collections.Immutable;
using Gamification.Access;
using Gamification.Programmes;

namespace Gamification.Api.Demo;

/// <summary>
/// The keys that the demo prints. They are derived from the deployment's own secret, so that the next start prints the same ones, and
/// added like any other key: only their hashes are kept.
/// </summary>
public sealed class DemoKeys(Func<string, byte[]> secretFor, ProgrammeSettings programme)
{
    public string Screen => Key("screen", "demo");

    public IReadOnlyDictionary<string, string> Tills => programme.Stores.ToImmutableDictionary(store => store.Id, store => Key("till", store.Id));

    public async Task Add(IGrainFactory grains, DateTimeOffset now)
    {
        var keys = grains.GetGrain<IKeysGrain>(programme.Id);
        await keys.Add(new() { Id = "DEMO", Kind = KeyKind.Screen, Name = "Demo screen", Hash = OpaqueKey.HashOf(Screen), CreatedAt = now });
        foreach (var (store, key) in Tills)
            await keys.Add(new() { Id = $"DEMO{store}", Kind = KeyKind.Till, Store = store, Name = $"Demo till of {store}", Hash = OpaqueKey.HashOf(key), CreatedAt = now });
    }

    private string Key(string kind, string name) => $"{kind}_DEMO_{Convert.ToHexStringLower(secretFor($"demo/{kind}/{name}"))}";
}
