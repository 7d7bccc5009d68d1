using Gamification.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gamification.Tests.Runtime;

public interface IAmbiguousGrain : IGrainWithStringKey
{
    ValueTask<string> Name();
}

public interface IMissingGrain : IGrainWithStringKey
{
    ValueTask Touch();
}

public sealed class AmbiguousOneGrain : Grain, IAmbiguousGrain
{
    public ValueTask<string> Name() => new("one");
}

public sealed class AmbiguousTwoGrain : Grain, IAmbiguousGrain
{
    public ValueTask<string> Name() => new("two");
}

public sealed class CatalogTests
{
    [Fact]
    public void An_interface_without_a_class_is_named() => OnThreads.Run(host =>
    {
        var fault = Assert.Throws<GrainConfigurationException>(() => host.Factory.GetGrain<IMissingGrain>("one"));
        Assert.Contains(nameof(IMissingGrain), fault.Message, StringComparison.Ordinal);
        return Task.CompletedTask;
    });

    [Fact]
    public void An_interface_with_two_classes_names_both_and_takes_a_prefix() => OnThreads.Run(
        async host =>
        {
            var fault = Assert.Throws<GrainConfigurationException>(() => host.Factory.GetGrain<IAmbiguousGrain>("one"));
            Assert.Contains(nameof(AmbiguousOneGrain), fault.Message, StringComparison.Ordinal);
            Assert.Contains(nameof(AmbiguousTwoGrain), fault.Message, StringComparison.Ordinal);
            Assert.Equal("two", await host.Factory.GetGrain<IAmbiguousGrain>("one", "Gamification.Tests.Runtime.AmbiguousTwo").Name());
        },
        options => options.Grains.AddRange([typeof(AmbiguousOneGrain), typeof(AmbiguousTwoGrain)]));

    [Fact]
    public async Task A_generic_host_gives_the_factory_and_stops_the_grains()
    {
        var diary = new Diary();
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(diary).AddScoped<Belonging>();
        builder.Services.AddActorHost(options => options.Grains.Add(typeof(LivingGrain)));
        using (var app = builder.Build())
        {
            await app.StartAsync();
            await app.Services.GetRequiredService<IGrainFactory>().GetGrain<ILivingGrain>("one").Touch();
            Assert.Same(TimeProvider.System, app.Services.GetRequiredService<TimeProvider>());
            await app.StopAsync();
        }

        Assert.Equal(["activated", "deactivated: ShuttingDown", "scope disposed"], diary.Lines);
    }
}
