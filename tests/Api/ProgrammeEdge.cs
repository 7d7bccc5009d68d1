using Gamification.Api;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Rules.Earning;
using Gamification.Tests.Rules.Earning;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Api;

/// <summary>An edge whose programme is kept up to date as on a node, with rules and goods.</summary>
public class ProgrammeEdge : EdgeUnderTest, IAsyncLifetime
{
    internal override ProgrammeSettings Programme => base.Programme with { Earning = Books.Document(Books.Base) };

    public HttpClient Marketer { get; private set; } = null!;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await Service<ProgrammeWatch>().Start(Service<IJournal>(), default);
        Marketer = With(Token(Role.Marketer));
    }

    /// <summary>Time passes, and the node looks as it would have meanwhile.</summary>
    public async Task Pass(TimeSpan time)
    {
        Clock.Advance(time);
        await Service<ProgrammeWatch>().Look(default);
    }

    protected override void Replace(IServiceCollection services)
    {
        services.AddSingleton(new ProgrammeCatalog([Programme], new Dictionary<string, Catalogue> { [Programme.Id] = Books.Goods }, others: null, Clock));
        services.AddSingleton<ProgrammeWatch>();
    }
}
