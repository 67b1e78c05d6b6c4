/* Trains a network on the images of a folder, like the program's command train, and prints the hash that the program prints.
   ./train [folder with unpacked IDX files or - for made-up images] [samples] [config as JSON] [threads] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rramsnn.h"

typedef struct {
    uint8_t *bytes;
    size_t count;  /* images or labels */
    size_t length; /* bytes of one */
} idx;

static void check(rramsnn_status status, const char *what)
{
    if (status != RRAMSNN_OK) {
        fprintf(stderr, "%s: %s\n", what, rramsnn_last_error());
        exit(1);
    }
}

static uint32_t big_endian(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* An IDX file of bytes: two zeros, 8, the number of dimensions, the extents, the elements. */
static idx read_idx(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    uint8_t header[16] = {0};
    if (file == NULL || fread(header, 1, 4, file) != 4 || header[2] != 8 || header[3] < 1 || header[3] > 3
        || fread(header + 4, 4, header[3], file) != header[3]) {
        fprintf(stderr, "%s: no IDX file\n", path);
        exit(1);
    }

    idx result = {NULL, big_endian(header + 4), 1};
    for (int d = 1; d < header[3]; d++)
        result.length *= d == 1 ? big_endian(header + 8) : big_endian(header + 12);
    result.bytes = malloc(result.count * result.length + 1);
    if (result.bytes == NULL || fread(result.bytes, result.length, result.count, file) != result.count) {
        fprintf(stderr, "%s: too short\n", path);
        exit(1);
    }

    fclose(file);
    return result;
}

/* Striped images: each class lights up its own tenth of the pixels most often. */
static void make_up(size_t count, idx *images, idx *labels)
{
    *images = (idx){malloc(count * 784), count, 784};
    *labels = (idx){malloc(count), count, 1};
    uint32_t state = 1;
    for (size_t k = 0; k < count; k++) {
        labels->bytes[k] = (uint8_t)(k % 10);
        for (size_t i = 0; i < 784; i++) {
            state = state * 1664525u + 1013904223u;
            uint32_t draw = state >> 24;
            images->bytes[k * 784 + i] = (uint8_t)(i * 10 / 784 == k % 10 ? draw : draw < 32 ? 255 : 0);
        }
    }
}

int main(int count, char **values)
{
    const char *folder = count > 1 ? values[1] : "-";
    size_t samples = count > 2 ? (size_t)atol(values[2]) : 300;
    const char *config = count > 3 ? values[3] : "{\"hidden\": [100], \"epochs\": 1}";
    int threads = count > 4 ? atoi(values[4]) : 1;
    if (rramsnn_processor_level() == 0 || rramsnn_abi_version() != RRAMSNN_ABI_VERSION) {
        fprintf(stderr, "this processor or library does not fit\n");
        return 1;
    }

    idx images, labels;
    if (strcmp(folder, "-") == 0) {
        make_up(samples, &images, &labels);
    } else {
        images = read_idx(folder, "train-images-idx3-ubyte");
        labels = read_idx(folder, "train-labels-idx1-ubyte");
    }

    if (samples > images.count || images.count != labels.count) {
        fprintf(stderr, "there are %zu images and %zu labels\n", images.count, labels.count);
        return 1;
    }

    rramsnn_network network;
    check(rramsnn_network_create(config, (int32_t)images.length, 10, &network), "network");
    check(rramsnn_network_set_threads(network, threads), "threads");
    check(rramsnn_network_load_samples(network, images.bytes, samples * images.length, labels.bytes, samples), "samples");
    int64_t shown = 0, total = 0;
    do {
        check(rramsnn_network_train(network, 1000, &shown), "train");
        total += shown;
    } while (shown > 0);

    double accuracy;
    size_t some = samples < 500 ? samples : 500;
    check(rramsnn_network_evaluate(network, images.bytes, some * images.length, labels.bytes, some, &accuracy), "evaluate");
    char hash[65];
    check(rramsnn_network_state_sha256(network, hash, sizeof hash), "hash");
    printf("library %s, %d bits, %lld samples shown, %.1f %% of the first %zu named right\n",
        rramsnn_version(), rramsnn_vector_width(), (long long)total, 100 * accuracy, some);
    printf("state_sha256 %s\n", hash);

    check(rramsnn_network_free(network), "free");
    free(images.bytes);
    free(labels.bytes);
    return 0;
}
