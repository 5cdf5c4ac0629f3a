//! Pixels as Slint's images: the same pixels are the same image, so that nothing is drawn twice.

use std::cell::RefCell;
use std::collections::VecDeque;

use slint::{Image, Rgba8Pixel, SharedPixelBuffer};

use crate::kiosk::controller::view;
use crate::kiosk::generated::Plate as SlintPlate;
use crate::kiosk::plate::Food;
use crate::pictures::Picture;

/// Images remembered: the dishes of a day and a slide.
const REMEMBERED: usize = 5;

thread_local! {
    static IMAGES: RefCell<VecDeque<(Picture, Image)>> = const { RefCell::new(VecDeque::new()) };
}

/// A picture for the window.
pub(super) fn image(picture: &Picture) -> Image {
    IMAGES.with(|images| {
        let mut images = images.borrow_mut();
        if let Some((_, image)) = images.iter().find(|(known, _)| known.same(picture)) {
            return image.clone();
        }
        let pixels = SharedPixelBuffer::<Rgba8Pixel>::clone_from_slice(
            picture.rgba(),
            picture.width(),
            picture.height(),
        );
        let image = Image::from_rgba8(pixels);
        if images.len() >= REMEMBERED {
            images.pop_front();
        }
        images.push_back((picture.clone(), image.clone()));
        image
    })
}

/// What stands beside the dishes.
pub(super) fn plates(plates: &[view::Plate]) -> Vec<SlintPlate> {
    plates.iter().map(plate).collect()
}

fn plate(plate: &view::Plate) -> SlintPlate {
    SlintPlate {
        has_picture: plate.picture.is_some(),
        picture: plate.picture.as_ref().map(image).unwrap_or_default(),
        food: match plate.food {
            Food::Rice => 0,
            Food::Meat => 1,
            Food::Fish => 2,
            Food::Egg => 3,
            Food::Gourd => 4,
            Food::Bean => 5,
            Food::Greens => 6,
        },
    }
}
