//! Reads vector tiles by the Mapbox Vector Tile specification 2.1, independently of the crate that writes them.

/// The value of one field of a protocol buffer; a tile's numbers say nothing that is asked for here.
enum Field<'a> {
    Number,
    Bytes(&'a [u8]),
}

/// The values of a text attribute of all features of a layer.
pub fn texts(tile: &[u8], layer: &str, attribute: &str) -> Vec<String> {
    let layers = fields(tile).into_iter().filter_map(|(number, field)| match field {
        Field::Bytes(bytes) if number == 3 => Some(bytes),
        _ => None,
    });
    layers.filter(|bytes| name(bytes) == layer.as_bytes()).flat_map(|bytes| of_layer(bytes, attribute)).collect()
}

fn name(layer: &[u8]) -> &[u8] {
    parts(layer, 1).first().copied().unwrap_or_default()
}

/// The bytes of every field of this number.
fn parts(message: &[u8], wanted: u64) -> Vec<&[u8]> {
    let of = |(number, field)| match field {
        Field::Bytes(bytes) if number == wanted => Some(bytes),
        _ => None,
    };
    fields(message).into_iter().filter_map(of).collect()
}

fn of_layer(layer: &[u8], attribute: &str) -> Vec<String> {
    let (features, keys, values) = (parts(layer, 2), parts(layer, 3), parts(layer, 4));
    let key = keys.iter().position(|key| *key == attribute.as_bytes());
    let value = |feature: &[u8]| {
        let tags: Vec<u64> = parts(feature, 2).into_iter().flat_map(varints).collect();
        let pair = tags.chunks(2).find(|pair| Some(pair[0] as usize) == key)?;
        let text = parts(values.get(pair[1] as usize)?, 1).first().copied()?;
        Some(String::from_utf8(text.to_vec()).expect("texts are UTF-8"))
    };
    features.into_iter().map(|feature| value(feature).expect("every feature has the attribute")).collect()
}

fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let field = match tag & 7 {
            0 => {
                varint(&mut bytes);
                Field::Number
            }
            1 => Field::Bytes(take(&mut bytes, 8)),
            2 => {
                let length = varint(&mut bytes) as usize;
                Field::Bytes(take(&mut bytes, length))
            }
            5 => Field::Bytes(take(&mut bytes, 4)),
            wire => panic!("wire type {wire}"),
        };
        found.push((tag >> 3, field));
    }
    found
}

fn varints(mut bytes: &[u8]) -> Vec<u64> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        found.push(varint(&mut bytes));
    }
    found
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(bytes, 1)[0];
        value |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            break;
        }
    }
    value
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (head, tail) = bytes.split_at(length);
    *bytes = tail;
    head
}

#[test]
fn a_tile_written_by_hand_is_read() {
    // layer "l": one feature with tags (0, 0), key "id", value "x", then a number field that is passed over.
    let feature = [0x12, 2, 0, 0, 0x18, 1];
    let mut layer = vec![0x0A, 1, b'l', 0x12, feature.len() as u8];
    layer.extend(feature);
    layer.extend([0x1A, 2, b'i', b'd', 0x22, 3, 0x0A, 1, b'x', 0x78, 2]);
    let mut tile = vec![0x1A, layer.len() as u8];
    tile.extend(layer);
    assert_eq!(texts(&tile, "l", "id"), ["x"]);
    assert_eq!(texts(&tile, "other", "id"), Vec::<String>::new());
}
